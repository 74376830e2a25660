package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.Credentials;
import org.ikebana.ike.auth.EapSecret;
import org.ikebana.ike.auth.EapSecrets;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.IdentitySyntaxException;
import org.ikebana.ike.auth.Ppks;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.auth.StatusSources;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.AuthConfig.Method;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.Fragmentation;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.eap.EapAuth;
import org.ikebana.ike.eap.EapMethod;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.service.EventLog;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.ike.x509.TestAuthority.Issued;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** West logs in to east by EAP (RFC 7296 2.16), east proves itself with a certificate or by EAP as well (RFC 5998). */
class EapTest {
    private static final String WEST_ID = "west.example.org";
    private static final String EAST_ID = "east.example.org";

    private final TestAuthority root = TestAuthority.root("C=CH, O=Ikebana, CN=Root");
    private final TwoPeers peers = new TwoPeers();
    private String westPassword = "Ar3etTnp";
    private EapSecrets eastPasswords = passwords(WEST_ID, "Ar3etTnp");
    private Issued westOwn = root.issue("CN=west", "P-256", named(WEST_ID));
    private final Issued eastOwn = root.issue("CN=east", "P-256", named(EAST_ID));

    EapTest() throws Exception {}

    @ParameterizedTest
    @EnumSource
    void eachMethod(EapMethod method) throws Exception {
        load(eap(method, WEST_ID), side(Method.PUBKEY, EAST_ID));
        peers.assertTunnel();
        assertThat(peers.east.events(IkeEvent.IkeSaEstablished.class).getFirst().remoteId())
                .hasToString(WEST_ID);
        assertNobodyComplained();
    }

    /** RFC 5998. */
    @Test
    void eapAlone() throws Exception {
        load(eap(EapMethod.TLS, WEST_ID), eap(EapMethod.TLS, EAST_ID));
        peers.assertTunnel();
        assertNobodyComplained();
    }

    /** RFC 5998 4: passwords are no proof of a gateway. */
    @Test
    void aPasswordIsNotEnoughForBoth() throws Exception {
        load(eap(EapMethod.MSCHAPV2, WEST_ID), eap(EapMethod.MSCHAPV2, EAST_ID));
        assertThat(line(peers.east)).contains("of the EAP methods that remote.auth allows none may be the only proof");
        assertThat(peers.west.engine().ikeSas()).isEmpty();
    }

    @Test
    void whoIsLoggedInIsKnownByItsEapIdentity() throws Exception {
        eastPasswords = passwords("carol@example.org", "Ar3etTnp");
        AuthConfig west = ids(eap(EapMethod.MSCHAPV2, WEST_ID), "carol@example.org");
        AuthConfig asEastWantsIt = ids(eap(EapMethod.MSCHAPV2, WEST_ID), "*@example.org");
        load(
                westSite().with(c -> c.local(west).remote(side(Method.PUBKEY, EAST_ID))),
                eastSite().with(c -> c.local(side(Method.PUBKEY, EAST_ID)).remote(asEastWantsIt)));
        peers.assertTunnel();
        assertThat(peers.east.events(IkeEvent.IkeSaEstablished.class).getFirst().remoteId())
                .hasToString("carol@example.org");
    }

    @Test
    void aPeerThatClaimsToBeAnotherUserInside() throws Exception {
        eastPasswords = passwords("carol@example.org", "Ar3etTnp");
        load(ids(eap(EapMethod.MSCHAPV2, WEST_ID), "carol@example.org"), side(Method.PUBKEY, EAST_ID));
        assertThat(line(peers.east)).contains("there is no password for west.example.org");
        assertThat(peers.east.engine().ikeSas()).isEmpty();
    }

    @Test
    void aWrongPassword() throws Exception {
        westPassword = "wrong";
        load(eap(EapMethod.MSCHAPV2, WEST_ID), side(Method.PUBKEY, EAST_ID));
        assertThat(line(peers.east))
                .contains("the password of west.example.org is not the one in secrets.eap-test: the two sides have"
                        + " different ones");
        assertThat(line(peers.west)).contains("the peer refuses the password of secrets.eap-test by EAP-MSCHAPv2");
        assertThat(peers.east.engine().halfOpen()).isZero();
    }

    /** The peer sees no difference to a wrong password: as many messages, as long. */
    @Test
    void anUnknownUser() throws Exception {
        westPassword = "wrong";
        load(eap(EapMethod.MSCHAPV2, WEST_ID), side(Method.PUBKEY, EAST_ID));
        List<Integer> lengths = lengthsFromEast();
        TwoPeers others = new TwoPeers();
        load(
                others,
                westSite().with(c -> c.local(eap(EapMethod.MSCHAPV2, WEST_ID)).remote(side(Method.PUBKEY, EAST_ID))),
                eastSite().with(c -> c.local(side(Method.PUBKEY, EAST_ID)).remote(eap(EapMethod.MSCHAPV2, WEST_ID))),
                EapSecrets.NONE);
        assertThat(line(others.east)).contains("there is no password for west.example.org by EAP-MSCHAPv2");
        assertThat(others.network.sent().stream()
                        .filter(d -> d.local().getAddress().getHostAddress().equals(TwoPeers.EAST))
                        .map(d -> d.payload().length))
                .hasSameSizeAs(lengths);
    }

    @Test
    void aCertificateOfAStranger() throws Exception {
        westOwn = TestAuthority.root("CN=Stranger").issue("CN=west", "P-256", named(WEST_ID));
        load(eap(EapMethod.TLS, WEST_ID), side(Method.PUBKEY, EAST_ID));
        assertThat(line(peers.east)).contains("the peer west.example.org is not trusted in EAP-TLS", "CN=Stranger");
        assertThat(line(peers.west)).contains("breaks the TLS handshake of EAP-TLS off with the alert bad_certificate");
    }

    @Test
    void aMethodThatIsNotWanted() throws Exception {
        load(
                westSite().with(c -> c.local(eap(EapMethod.MSCHAPV2, WEST_ID)).remote(side(Method.PUBKEY, EAST_ID))),
                eastSite().with(c -> c.local(side(Method.PUBKEY, EAST_ID)).remote(eap(EapMethod.TLS, WEST_ID))));
        assertThat(line(peers.east)).contains("the peer does not do eap-tls, but EAP methods of types 26");
        assertThat(line(peers.west)).contains("by none of the methods [eap-mschapv2] that local.auth allows");
    }

    @Test
    void aPeerThatDoesNotAskForEap() throws Exception {
        load(
                westSite().with(c -> c.local(side(Method.PSK, WEST_ID)).remote(side(Method.PUBKEY, EAST_ID))),
                eastSite().with(c -> c.local(side(Method.PUBKEY, EAST_ID)).remote(eap(EapMethod.TLS, WEST_ID))));
        assertThat(line(peers.east)).contains("asks for EAP, the peer proves itself by a shared key");
    }

    @Test
    void aPeerThatAsksForEapWithoutReason() throws Exception {
        load(
                westSite().with(c -> c.local(eap(EapMethod.MSCHAPV2, WEST_ID)).remote(side(Method.PUBKEY, EAST_ID))),
                eastSite().with(c -> c.local(side(Method.PUBKEY, EAST_ID)).remote(side(Method.PSK, WEST_ID))));
        assertThat(line(peers.east)).contains("asks for a shared key, the peer proves itself by EAP");
    }

    /** East would have proved itself by EAP alone, and west wants a certificate. */
    @Test
    void eapAloneOnOneSide() throws Exception {
        load(
                westSite().with(c -> c.local(eap(EapMethod.MSCHAPV2, WEST_ID)).remote(side(Method.PUBKEY, EAST_ID))),
                eastSite().with(c -> c.local(eap(EapMethod.TLS, EAST_ID)).remote(eap(EapMethod.TLS, WEST_ID))));
        assertThat(line(peers.east)).contains("does not let us leave it at that (RFC 5998)");
    }

    /** Each message of IKE_AUTH is lost once. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aMessageIsLost(int number) throws Exception {
        int[] auth = {0};
        peers.network.lose(d -> isAuth(d.payload()) && ++auth[0] == number);
        load(eap(EapMethod.MSCHAPV2, WEST_ID), side(Method.PUBKEY, EAST_ID));
        peers.pass(Duration.ofSeconds(10));
        peers.assertTunnel();
        assertThat(auth[0]).isGreaterThanOrEqualTo(number);
    }

    /** Certificates that fit in no datagram, in fragments of EAP-TLS, these in fragments of IKE. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bigCertificates(boolean fragmented) throws Exception {
        TestAuthority middle = root.intermediate("C=CH, O=Ikebana, CN=" + "Middle".repeat(9), 0);
        westOwn = middle.issue("CN=west", "RSA-4096", named(WEST_ID));
        Fragmentation how = fragmented ? Fragmentation.FORCE : Fragmentation.NO;
        loadWith(
                List.of(root, middle),
                westSite()
                        .fragmenting(how)
                        .with(c -> c.local(eap(EapMethod.TLS, WEST_ID)).remote(side(Method.PUBKEY, EAST_ID))),
                eastSite()
                        .fragmenting(how)
                        .with(c -> c.local(side(Method.PUBKEY, EAST_ID)).remote(eap(EapMethod.TLS, WEST_ID))));
        peers.assertTunnel();
        assertNobodyComplained();
    }

    /** Two connections for the same address: how the peer proves itself tells which one it is. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theProofTellsWhichConnectionItIs(boolean logsIn) throws Exception {
        ConnectionConfig sites = eastSite().identified(EAST_ID, WEST_ID).connection();
        ConnectionConfig people = eastSite()
                .with(c -> c.local(side(Method.PUBKEY, EAST_ID)).remote(eap(EapMethod.MSCHAPV2, "%any")))
                .connection();
        AuthConfig own = logsIn ? eap(EapMethod.MSCHAPV2, WEST_ID) : side(Method.PSK, WEST_ID);
        AuthConfig other = side(logsIn ? Method.PUBKEY : Method.PSK, EAST_ID);
        peers.east
                .engine()
                .load(List.of(sites, named("people", people)), credentials(eastOwn, List.of(root), eastPasswords));
        peers.west
                .engine()
                .load(
                        List.of(westSite()
                                .with(c -> c.local(own).remote(other))
                                .starting(StartAction.START)
                                .connection()),
                        credentials(westOwn, List.of(root), passwords(WEST_ID, westPassword)));
        peers.pass(Duration.ofSeconds(1));
        peers.assertTunnel();
        assertThat(peers.east.ikeSa().name().connection()).isEqualTo(logsIn ? "people" : "site");
    }

    static ConnectionConfig named(String name, ConnectionConfig from) {
        return ConnectionConfig.named(name)
                .localAddresses(from.localAddresses())
                .remoteAddresses(from.remoteAddresses())
                .proposals(from.proposals())
                .mobike(false)
                .local(from.local())
                .remote(from.remote())
                .children(from.children())
                .build();
    }

    /** It counts as half-open, and goes when its time is over. */
    @Test
    void aPeerThatFallsSilentInTheMiddle() throws Exception {
        int[] fromWest = {0};
        peers.network.lose(d -> isAuth(d.payload()) && isFromWest(d) && ++fromWest[0] > 2);
        load(eap(EapMethod.MSCHAPV2, WEST_ID), side(Method.PUBKEY, EAST_ID));
        assertThat(peers.east.engine().halfOpen()).isEqualTo(1);
        peers.pass(IkeSettings.DEFAULT.halfOpenTimeout().plusSeconds(1));
        assertThat(peers.east.engine().halfOpen()).isZero();
        assertThat(line(peers.east)).contains("did not bring it to an end in time");
    }

    private static boolean isAuth(byte[] payload) {
        int at = payload[0] == 0 && payload[1] == 0 && payload[2] == 0 && payload[3] == 0 ? 4 : 0; // non-ESP marker
        return payload.length > at + 18 && payload[at + 18] == ExchangeType.IKE_AUTH.code();
    }

    private static boolean isFromWest(org.ikebana.ike.kernel.Datagram datagram) {
        return datagram.local().getAddress().getHostAddress().equals(TwoPeers.WEST);
    }

    private void load(AuthConfig west, AuthConfig east) throws Exception {
        AuthConfig asEastWantsIt = west.with(west.eap().withIds(Optional.empty(), Optional.empty()));
        load(
                westSite().with(c -> c.local(west).remote(east)),
                eastSite().with(c -> c.local(east).remote(asEastWantsIt)));
    }

    private void load(Site west, Site east) throws Exception {
        load(peers, west, east, eastPasswords);
    }

    private void load(TwoPeers some, Site west, Site east, EapSecrets known) throws Exception {
        load(some, List.of(root), west, east, known);
    }

    private void loadWith(List<TestAuthority> authorities, Site west, Site east) throws Exception {
        load(peers, authorities, west, east, eastPasswords);
    }

    private void load(TwoPeers some, List<TestAuthority> authorities, Site west, Site east, EapSecrets known)
            throws Exception {
        some.east.engine().load(List.of(east.connection()), credentials(eastOwn, List.of(root), known));
        some.west
                .engine()
                .load(
                        List.of(west.starting(StartAction.START).connection()),
                        credentials(westOwn, authorities, passwords(WEST_ID, westPassword, "carol@example.org")));
        some.pass(Duration.ofSeconds(1));
    }

    private static Credentials credentials(Issued own, List<TestAuthority> authorities, EapSecrets passwords) {
        return new Credentials(
                new SharedKeys(List.of(Site.secret("correct horse"))),
                Ppks.NONE,
                passwords,
                Certificates.of(
                        authorities.stream().map(TestAuthority::certificate).toList(),
                        List.of(own.certificate()),
                        List.of(own.key())),
                StatusSources.NONE);
    }

    private List<Integer> lengthsFromEast() {
        return peers.network.sent().stream()
                .filter(d -> !isFromWest(d))
                .map(d -> d.payload().length)
                .toList();
    }

    private void assertNobodyComplained() {
        for (Host host : List.of(peers.west, peers.east)) {
            assertThat(host.events(IkeEvent.NegotiationFailed.class)).isEmpty();
            assertThat(host.events(IkeEvent.Warning.class)).isEmpty();
        }
    }

    /** The one line that a failure leaves. */
    static String line(Host host) {
        List<IkeEvent.NegotiationFailed> failed = host.events(IkeEvent.NegotiationFailed.class);
        assertThat(failed).hasSize(1);
        return EventLog.describe(failed.getFirst());
    }

    private static AuthConfig eap(EapMethod method, String id) {
        return side(Method.EAP, id).with(EapAuth.of(List.of(method)));
    }

    private static AuthConfig ids(AuthConfig side, String eapId) {
        return side.with(side.eap().withIds(Optional.of(identity(eapId)), Optional.empty()));
    }

    private static AuthConfig side(Method method, String id) {
        return new AuthConfig(method, identity(id));
    }

    static EapSecrets passwords(String user, String password, String... others) {
        List<Identity> users = new ArrayList<>(List.of(identity(user)));
        for (String other : others) {
            users.add(identity(other));
        }
        Secret secret = Secret.wrap(password.getBytes(StandardCharsets.UTF_8));
        return new EapSecrets(List.of(new EapSecret("eap-test", users, secret, false)));
    }

    private static Identity identity(String text) {
        try {
            return Identity.parse(text);
        } catch (IdentitySyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static TestAuthority.Content named(String name) {
        return builder -> builder.addExtension(
                Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
    }
}
