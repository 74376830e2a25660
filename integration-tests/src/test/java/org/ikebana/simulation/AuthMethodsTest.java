package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.Credentials;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.IdentitySyntaxException;
import org.ikebana.ike.auth.Ppk;
import org.ikebana.ike.auth.Ppks;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.PpkPolicy;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.service.EventLog;
import org.ikebana.ike.wire.Decoded;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.MessageReader;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.ike.x509.TestAuthority.Issued;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two peers tell each other how they can be convinced, and choose among their credentials by that (RFC 9593). */
class AuthMethodsTest {
    private static final String WEST_ID = "west.example.org";
    private static final String EAST_ID = "east.example.org";
    private static final IkeSettings OFF =
            IkeSettings.DEFAULT.changed().announceAuthMethods(false).build();
    /** The list of {@code pubkey} does not go into an IKE_SA_INIT response of these. */
    private static final IkeSettings SHORT =
            IkeSettings.DEFAULT.changed().fragmentSize(576).build();

    private final TestAuthority root = TestAuthority.root("CN=Root");
    private final TestAuthority other = TestAuthority.root("CN=Other");
    private final Issued eastOwn = root.issue("CN=east", "P-256", named(EAST_ID));
    private final Issued onP256 = root.issue("CN=west", "P-256", named(WEST_ID));
    private final Issued withRsa = root.issue("CN=west", "RSA-2048", named(WEST_ID));

    @Test
    void theInitiatorSignsWithTheKeyThatIsAccepted() throws Exception {
        TwoPeers peers = new TwoPeers();
        start(peers, pubkey("pubkey"), pubkey("ike:rsa-sha256"), onP256, withRsa);
        peers.assertTunnel();
    }

    @Test
    void theResponderSignsWithTheKeyThatIsAccepted() throws Exception {
        TwoPeers peers = new TwoPeers();
        startFromEast(peers, pubkey("ike:rsa-sha256"), onP256, withRsa);
        peers.assertTunnel();
    }

    /** The tests above and this show that it is the announcement that makes the difference. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsSaidOrHeardWhereItIsSwitchedOff(boolean ofWest) throws Exception {
        TwoPeers peers = ofWest ? new TwoPeers(OFF, IkeSettings.DEFAULT) : new TwoPeers(IkeSettings.DEFAULT, OFF);
        start(peers, pubkey("pubkey"), pubkey("ike:rsa-sha256"), onP256, withRsa);
        assertThat(line(peers.east)).contains("a key of ECDSA on P-256, which remote.auth does not accept");
        assertThat(announcementsInInit(peers)).hasSize(ofWest ? 1 : 0);
    }

    @Test
    void theSameKeyMaySignInAnotherWay() throws Exception {
        TwoPeers peers = new TwoPeers();
        start(peers, pubkey("ike:rsa-sha256-rsa/pss-sha256"), pubkey("ike:rsa/pss-sha256"), withRsa);
        peers.assertTunnel();
    }

    /** Both CAs are asked for, but for one connection each; the announcements tell which key goes with which. */
    @Test
    void theCertificateIsOfTheAuthorityThatItsMethodIsLinkedTo() throws Exception {
        Issued first = other.issue("CN=west", "P-256", named(WEST_ID));
        Issued second = root.issue("CN=west", "P-384", named(WEST_ID));
        PublicKeyAuth rsaOfOther = pubkey("ike:rsa").withAuthorities(List.of(other.certificate()));
        PublicKeyAuth ecdsaOfRoot = pubkey("ike:ecdsa").withAuthorities(List.of(root.certificate()));
        TwoPeers peers = new TwoPeers();
        peers.east
                .engine()
                .load(
                        List.of(
                                eastSite()
                                        .with(c -> c.local(side(pubkey("pubkey"), EAST_ID))
                                                .remote(side(rsaOfOther, "north.example.org")))
                                        .connection()
                                        .changed()
                                        .name("north")
                                        .build(),
                                eastSite()
                                        .with(c -> c.local(side(pubkey("pubkey"), EAST_ID))
                                                .remote(side(ecdsaOfRoot, WEST_ID)))
                                        .connection()),
                        credentials(eastOwn));
        loadWest(peers, pubkey("pubkey"), first, second);
        peers.assertTunnel();
    }

    /** Without any announcement: the CERTREQ is enough (RFC 7296 3.7). */
    @Test
    void theCertificateIsOfAnAuthorityThatIsAskedFor() throws Exception {
        Issued first = other.issue("CN=west", "P-256", named(WEST_ID));
        TwoPeers peers = new TwoPeers(OFF);
        start(peers, pubkey("pubkey"), pubkey("pubkey").withAuthorities(List.of(root.certificate())), first, onP256);
        peers.assertTunnel();
    }

    @Test
    void theInitiatorSaysWhatIsAcceptedWhereNothingFits() throws Exception {
        TwoPeers peers = new TwoPeers();
        start(peers, pubkey("pubkey"), pubkey("ike:rsa-sha256"), onP256);
        assertThat(line(peers.west))
                .contains(
                        "the peer accepts only rsa-sha256, rsa/pss-sha256, RSA signature (method 1); our key of ECDSA on P-256 may sign by [ecdsa-sha256, ")
                .contains("name a certificate in local.certs that it accepts");
        assertThat(exchanges(peers)).doesNotContain(ExchangeType.IKE_AUTH);
    }

    @Test
    void theResponderSaysWhatIsAcceptedWhereNothingFits() throws Exception {
        TwoPeers peers = new TwoPeers();
        startFromEast(peers, pubkey("ike:rsa-sha256"), onP256);
        assertThat(line(peers.west))
                .contains(
                        "the peer accepts only rsa-sha256, rsa/pss-sha256, RSA signature (method 1); our key of ECDSA on P-256 may sign by");
        assertThat(line(peers.east)).contains("AUTHENTICATION_FAILED");
    }

    @Test
    void aSharedKeyIsNotTriedWhereASignatureIsWanted() throws Exception {
        TwoPeers peers = new TwoPeers();
        loadEast(peers, pubkey("ike:rsa-sha256"));
        AuthConfig psk = new AuthConfig(AuthConfig.Method.PSK, identity(WEST_ID));
        peers.west
                .engine()
                .load(
                        List.of(westSite()
                                .with(c -> c.local(psk).remote(side(pubkey("pubkey"), EAST_ID)))
                                .starting(StartAction.START)
                                .connection()),
                        credentials(onP256));
        peers.pass(Duration.ofMillis(500));
        assertThat(line(peers.west))
                .contains(
                        "the peer accepts only rsa-sha256, rsa/pss-sha256, RSA signature (method 1), and local.auth = psk");
    }

    /** RFC 9593 3.1: an empty notify first, the list with the last key exchange. */
    @Test
    void aLongListComesWithTheLastKeyExchange() throws Exception {
        TwoPeers peers = new TwoPeers(IkeSettings.DEFAULT, SHORT);
        String hybrid = "aes256gcm16-prfsha256-x25519-ke1_mlkem512-ke2_mlkem768";
        PublicKeyAuth wanted = pubkey("ike:rsa-ed25519").withAuthorities(List.of(root.certificate()));
        peers.east
                .engine()
                .load(
                        List.of(eastSite()
                                .proposing(hybrid, "aes256gcm16")
                                .with(c ->
                                        c.local(side(pubkey("pubkey"), EAST_ID)).remote(side(wanted, WEST_ID)))
                                .connection()),
                        credentials(eastOwn));
        loadWest(peers, westSite().proposing(hybrid, "aes256gcm16"), pubkey("pubkey"), onP256, withRsa);
        peers.assertTunnel();
        assertThat(announcementsInInit(peers)).containsExactly(Octets.EMPTY);
    }

    /** IKE_INTERMEDIATE is there for a PPK that the responder does not have: the exchange is for the list alone. */
    @Test
    void aLongListHasAnExchangeOfItsOwn() throws Exception {
        TwoPeers peers = new TwoPeers(IkeSettings.DEFAULT, SHORT);
        loadEast(peers, pubkey("ike:rsa-ed25519"));
        Identity ppk = identity("tunnel-ppk");
        loadWest(
                peers,
                westSite().with(c -> c.ppk(new PpkPolicy(Optional.of(ppk), false))),
                pubkey("pubkey"),
                onP256,
                withRsa);
        peers.assertTunnel();
        assertThat(announcementsInInit(peers)).containsExactly(Octets.EMPTY);
        assertThat(exchanges(peers).filter(ExchangeType.IKE_INTERMEDIATE::equals))
                .hasSize(2);
    }

    /** Rather nothing than a datagram in IP fragments. */
    @Test
    void aLongListIsLeftOutWhereItCannotComeLater() throws Exception {
        TwoPeers peers = new TwoPeers(IkeSettings.DEFAULT, SHORT);
        start(peers, pubkey("pubkey"), pubkey("ike:rsa-ecdsa"), onP256, withRsa);
        peers.assertTunnel();
        assertThat(announcementsInInit(peers)).isEmpty();
    }

    /** A list is advice: one that makes no sense is none. */
    @ParameterizedTest
    @ValueSource(strings = {"00", "0102", "ff0e00", "020202", "0202020d0e"})
    void malformedAnnouncementsAreNoObstacle(String data) throws Exception {
        TwoPeers peers = new TwoPeers();
        peers.east.load(List.of(Site.secret("correct horse")), eastSite().connection());
        HostilePeer hostile = HostilePeer.begin(peers.east, peers.network, westSite(), new SeededRandom(9593));
        NotifyPayload announcement = NotifyPayload.of(NotifyType.SUPPORTED_AUTH_METHODS, Octets.ofHex(data));
        hostile.say(
                ExchangeType.IKE_AUTH,
                Stream.concat(Stream.<Payload>of(announcement), hostile.authPayloads().stream())
                        .toArray(Payload[]::new));
        assertThat(peers.east.events(IkeEvent.IkeSaEstablished.class)).hasSize(1);
    }

    private void start(TwoPeers peers, PublicKeyAuth west, PublicKeyAuth wanted, Issued... ofWest) throws Exception {
        loadEast(peers, wanted);
        loadWest(peers, west, ofWest);
    }

    private void startFromEast(TwoPeers peers, PublicKeyAuth wanted, Issued... ofWest) throws Exception {
        peers.west
                .engine()
                .load(
                        List.of(westSite()
                                .with(c ->
                                        c.local(own(pubkey("pubkey"), ofWest)).remote(side(pubkey("pubkey"), EAST_ID)))
                                .connection()),
                        credentials(ofWest));
        peers.east
                .engine()
                .load(
                        List.of(eastSite()
                                .with(c ->
                                        c.local(side(pubkey("pubkey"), EAST_ID)).remote(side(wanted, WEST_ID)))
                                .starting(StartAction.START)
                                .connection()),
                        credentials(eastOwn));
        peers.pass(Duration.ofMillis(500));
    }

    private void loadEast(TwoPeers peers, PublicKeyAuth wanted) throws Exception {
        peers.east
                .engine()
                .load(
                        List.of(eastSite()
                                .with(c ->
                                        c.local(side(pubkey("pubkey"), EAST_ID)).remote(side(wanted, WEST_ID)))
                                .connection()),
                        credentials(eastOwn));
    }

    private void loadWest(TwoPeers peers, PublicKeyAuth west, Issued... ofWest) throws Exception {
        loadWest(peers, westSite(), west, ofWest);
    }

    private void loadWest(TwoPeers peers, Site site, PublicKeyAuth west, Issued... ofWest) throws Exception {
        peers.west
                .engine()
                .load(
                        List.of(site.with(c -> c.local(own(west, ofWest)).remote(side(pubkey("pubkey"), EAST_ID)))
                                .starting(StartAction.START)
                                .connection()),
                        credentials(ofWest));
        peers.pass(Duration.ofMillis(500));
    }

    private Credentials credentials(Issued... own) {
        Ppk ppk = new Ppk("ppk-test", List.of(identity("tunnel-ppk")), PpkScene.secret("the secret"));
        boolean isWest = own.length > 1;
        return new Credentials(
                new SharedKeys(List.of(Site.secret("correct horse"))),
                isWest ? new Ppks(List.of(ppk)) : Ppks.NONE,
                Certificates.of(
                        List.of(root.certificate(), other.certificate()),
                        Arrays.stream(own).map(Issued::certificate).toList(),
                        Arrays.stream(own).map(Issued::key).toList()));
    }

    /** Of the responders' answers to IKE_SA_INIT. */
    private static List<Octets> announcementsInInit(TwoPeers peers) {
        return peers.network.sent().stream()
                .map(Datagram::payload)
                .flatMap(octets -> MessageReader.read(octets) instanceof Decoded.Accepted accepted
                        ? accepted.message().payloads().stream()
                        : Stream.empty())
                .flatMap(payload -> payload instanceof NotifyPayload notify ? Stream.of(notify) : Stream.empty())
                .filter(notify -> notify.notifyType() == NotifyType.SUPPORTED_AUTH_METHODS)
                .map(NotifyPayload::data)
                .toList();
    }

    private static Stream<ExchangeType> exchanges(TwoPeers peers) {
        return peers.network.sent().stream()
                .flatMap(datagram -> MessageReader.readHeader(datagram.payload()).stream())
                .flatMap(header -> header.exchange().stream());
    }

    private static String line(Host host) {
        List<IkeEvent.NegotiationFailed> failed = host.events(IkeEvent.NegotiationFailed.class);
        assertThat(failed).hasSize(1);
        return EventLog.describe(failed.getFirst());
    }

    private static AuthConfig own(PublicKeyAuth auth, Issued... own) {
        List<Certificate> certificates =
                Arrays.stream(own).map(Issued::certificate).toList();
        return side(auth.withCertificates(certificates), WEST_ID);
    }

    private static AuthConfig side(PublicKeyAuth auth, String id) {
        return new AuthConfig(AuthConfig.Method.PUBKEY, identity(id), auth);
    }

    private static PublicKeyAuth pubkey(String auth) {
        return PublicKeyAuth.parse(auth).orElseThrow();
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
