package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.ikebana.ike.auth.CertificateSending;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.Credentials;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.Ppks;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.service.EventLog;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.ike.x509.TestAuthority.Content;
import org.ikebana.ike.x509.TestAuthority.Issued;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two peers prove themselves with certificates and raw public keys (RFC 7296 2.15, RFC 7427, RFC 4754). Neither announces what
 * it accepts, so that it is always the other one that refuses.
 */
class SignatureAuthTest {
    private static final String WEST_ID = "west.example.org";
    private static final String EAST_ID = "east.example.org";

    private final TestAuthority root = TestAuthority.root("C=CH, O=Ikebana, CN=Root");
    private final TwoPeers peers = new TwoPeers(
            IkeSettings.DEFAULT.changed().announceAuthMethods(false).build());
    private Issued westOwn = root.issue("C=CH, O=Ikebana, CN=west", "P-256", named(WEST_ID));
    private Issued eastOwn = root.issue("C=CH, O=Ikebana, CN=east", "P-256", named(EAST_ID));
    private List<TestAuthority> trusted = List.of(root);

    SignatureAuthTest() throws Exception {}

    @ParameterizedTest
    @CsvSource({
        "RSA-2048, pubkey",
        "RSA-2048, ike:rsa-sha512",
        "RSA-2048, ike:rsa/pss-sha384",
        "P-256, ecdsa-256-sha256",
        "P-384, ike:pubkey-sha512",
        "P-521, pubkey-ike:ecdsa-521",
        "brainpoolP512r1, pubkey",
        "Ed25519, ike:ed25519",
        "Ed448, pubkey",
        "ML-DSA-65, ike:mldsa65",
    })
    void eachKindOfKey(String key, String auth) throws Exception {
        westOwn = root.issue("CN=west", key, named(WEST_ID));
        eastOwn = root.issue("CN=east", key, named(EAST_ID));
        start(pubkey(auth), pubkey(auth));
        peers.assertTunnel();
        assertThat(peers.west.events(IkeEvent.IkeSaEstablished.class).getFirst().remoteId())
                .hasToString(EAST_ID);
    }

    @Test
    void aSharedKeyOnOneSideAndACertificateOnTheOther() throws Exception {
        load(
                westSite().with(c -> c.local(psk(WEST_ID)).remote(side("pubkey", EAST_ID))),
                eastSite().with(c -> c.local(side("pubkey", EAST_ID)).remote(psk(WEST_ID))));
        peers.assertTunnel();
    }

    @Test
    void intermediatesAreSentAlong() throws Exception {
        TestAuthority middle = root.intermediate("C=CH, O=Ikebana, CN=Middle", 0);
        westOwn = middle.issue("CN=west", "P-256", named(WEST_ID));
        loadWithAuthorities(List.of(root, middle), List.of(root));
        peers.assertTunnel();
    }

    /** RFC 7670, both keys given in the configuration. */
    @Test
    void rawPublicKeys() throws Exception {
        var west =
                PublicKeyAuth.ANY.withPublicKeys(List.of(westOwn.certificate().publicKey()));
        var east =
                PublicKeyAuth.ANY.withPublicKeys(List.of(eastOwn.certificate().publicKey()));
        trusted = List.of();
        load(
                westSite().with(c -> c.local(side(west, WEST_ID)).remote(side(east, EAST_ID))),
                eastSite().with(c -> c.local(side(east, EAST_ID)).remote(side(west, WEST_ID))));
        peers.assertTunnel();
    }

    @Test
    void certificatesThatAreNotAskedForStayAtHome() throws Exception {
        UnaryOperator<PublicKeyAuth> never = auth -> auth.withPayloads(CertificateSending.NEVER);
        start(never.apply(pubkey("pubkey")), pubkey("pubkey"));
        assertThat(line(peers.east)).contains("it sent no certificate, and none for it lies here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C=CH, O=Ikebana, CN=*", "C=CH, O=Ikebana, CN=east", "%any"})
    void aDistinguishedNameMayBeAPattern(String remote) throws Exception {
        load(
                westSite().with(c -> c.local(side("pubkey", WEST_ID)).remote(side("pubkey", remote))),
                eastSite()
                        .with(c -> c.local(side("pubkey", "C=CH, O=Ikebana, CN=east"))
                                .remote(side("pubkey", WEST_ID))));
        peers.assertTunnel();
    }

    @Test
    void refusesAnotherAuthority() throws Exception {
        westOwn = TestAuthority.root("CN=Stranger").issue("CN=west", "P-256", named(WEST_ID));
        start(pubkey("pubkey"), pubkey("pubkey"));
        assertRefused("peer west.example.org is not trusted: no trusted CA and none of the certificates at hand is "
                + "\"CN=Stranger\", which issued \"CN=west\"");
    }

    @Test
    void refusesAnAuthorityThatTheConnectionDoesNotName() throws Exception {
        TestAuthority other = TestAuthority.root("CN=Other");
        trusted = List.of(root, other);
        start(pubkey("pubkey"), pubkey("pubkey").withAuthorities(List.of(other.certificate())));
        assertRefused("which is not among the CAs that this connection accepts");
    }

    @Test
    void takesAPeerUnderTheAuthorityThatTheConnectionNames() throws Exception {
        start(
                pubkey("pubkey"),
                pubkey("pubkey").withAuthorityId(Optional.of(Identity.parse("C=CH, O=Ikebana, CN=Root"))));
        peers.assertTunnel();
    }

    /** Its own name is none of a CA, either. */
    @Test
    void refusesAPeerUnderNoAuthorityOfTheNameThatIsWanted() throws Exception {
        start(pubkey("pubkey"), pubkey("pubkey").withAuthorityId(Optional.of(Identity.parse("CN=west"))));
        assertRefused("which is not among the CAs that this connection accepts");
    }

    @Test
    void refusesAnotherName() throws Exception {
        westOwn = root.issue("CN=west", "P-256", named("north.example.org"));
        load(
                westSite().with(c -> c.local(side(own(westOwn), WEST_ID)).remote(side("pubkey", EAST_ID))),
                eastSite().with(c -> c.local(side("pubkey", EAST_ID)).remote(side("pubkey", WEST_ID))));
        assertRefused("its certificate is for CN=west, north.example.org, not for west.example.org");
    }

    @Test
    void refusesWhatHasExpired() throws Exception {
        Instant yesterday = peers.time.now().minus(Duration.ofHours(1));
        westOwn = root.issue("CN=west", "P-256", TestAuthority.BEGIN, yesterday, named(WEST_ID), "SHA256withECDSA");
        start(pubkey("pubkey"), pubkey("pubkey"));
        assertRefused("the certificate of \"CN=west\" has expired on ");
    }

    @Test
    void refusesCertificatesForOtherUses() throws Exception {
        westOwn = root.issue(
                "CN=west",
                "P-256",
                named(WEST_ID)
                        .and(b -> b.addExtension(
                                Extension.extendedKeyUsage,
                                false,
                                new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning))));
        start(pubkey("pubkey"), pubkey("pubkey"));
        assertRefused("is not for IKE: its extended key usage has neither ipsecIKE");
    }

    @Test
    void refusesKeysThatMustNotSign() throws Exception {
        westOwn = root.issue(
                "CN=west",
                "P-256",
                named(WEST_ID).and(b -> b.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyAgreement))));
        start(pubkey("pubkey"), pubkey("pubkey"));
        assertRefused("its key usage has neither digitalSignature nor nonRepudiation");
    }

    @Test
    void refusesKeysAndDigestsThatAreNotWanted() throws Exception {
        start(pubkey("pubkey"), pubkey("rsa-2048"));
        assertRefused("its certificate has a key of ECDSA on P-256, which remote.auth does not accept");
    }

    /** The certificate is right, the key is not: whoever has seen one could show it. */
    @Test
    void refusesTheSignatureOfAnotherKey() throws Exception {
        Issued thief = root.issue("CN=thief", "P-256", named("thief.example.org"));
        westOwn = new Issued(westOwn.certificate(), thief.key(), thief.pkcs8());
        var keys = Certificates.of(List.of(root.certificate()), List.of(westOwn.certificate()), List.of(thief.key()));
        var stolen = new Certificates(
                keys.authorities(),
                keys.endEntities(),
                java.util.Map.of(westOwn.certificate().publicKey(), thief.key()));
        loadEast(List.of(root));
        peers.west
                .engine()
                .load(
                        List.of(westSite()
                                .with(c -> c.local(side("pubkey", WEST_ID)).remote(side("pubkey", EAST_ID)))
                                .starting(StartAction.START)
                                .connection()),
                        new Credentials(new SharedKeys(List.of()), Ppks.NONE, stolen));
        peers.pass(Duration.ofMillis(500));
        assertRefused("has not proved itself: its signature is not of the key of ECDSA on P-256 that it should have");
    }

    @Test
    void refusesASharedKeyWhereASignatureIsWanted() throws Exception {
        load(
                westSite().with(c -> c.local(psk(WEST_ID)).remote(side("pubkey", EAST_ID))),
                eastSite().with(c -> c.local(side("pubkey", EAST_ID)).remote(side("pubkey", WEST_ID))));
        assertThat(line(peers.east))
                .contains("west.example.org proves itself by shared key (method 2), the configuration asks for a"
                        + " signature");
    }

    @Test
    void saysWhichPrivateKeyIsMissing() throws Exception {
        var westOnly = Certificates.of(List.of(root.certificate()), List.of(westOwn.certificate()), List.of());
        loadEast(List.of(root));
        peers.west
                .engine()
                .load(
                        List.of(westSite()
                                .with(c -> c.local(side(own(westOwn), WEST_ID)).remote(side("pubkey", EAST_ID)))
                                .starting(StartAction.START)
                                .connection()),
                        new Credentials(new SharedKeys(List.of()), Ppks.NONE, westOnly));
        peers.pass(Duration.ofMillis(500));
        assertThat(line(peers.west))
                .contains("the private key of the certificate of \"C=CH,O=Ikebana,CN=west\" is not here");
    }

    private void start(PublicKeyAuth west, PublicKeyAuth westAsEastWantsIt) throws Exception {
        load(
                westSite().with(c -> c.local(side(west, WEST_ID)).remote(side(pubkey("pubkey"), EAST_ID))),
                eastSite()
                        .with(c -> c.local(side(pubkey("pubkey"), EAST_ID)).remote(side(westAsEastWantsIt, WEST_ID))));
    }

    private void load(Site west, Site east) throws Exception {
        peers.east.engine().load(List.of(east.connection()), credentials(eastOwn, trusted));
        peers.west.engine().load(List.of(west.starting(StartAction.START).connection()), credentials(westOwn, trusted));
        peers.pass(Duration.ofMillis(500));
    }

    private void loadEast(List<TestAuthority> authorities) throws Exception {
        peers.east
                .engine()
                .load(
                        List.of(eastSite()
                                .with(c -> c.local(side("pubkey", EAST_ID)).remote(side("pubkey", WEST_ID)))
                                .connection()),
                        credentials(eastOwn, authorities));
    }

    private void loadWithAuthorities(List<TestAuthority> west, List<TestAuthority> east) throws Exception {
        loadEast(east);
        peers.west
                .engine()
                .load(
                        List.of(westSite()
                                .with(c -> c.local(side("pubkey", WEST_ID)).remote(side("pubkey", EAST_ID)))
                                .starting(StartAction.START)
                                .connection()),
                        credentials(westOwn, west));
        peers.pass(Duration.ofMillis(500));
    }

    private static Credentials credentials(Issued own, List<TestAuthority> authorities) {
        return new Credentials(
                new SharedKeys(List.of(Site.secret("correct horse"))),
                Ppks.NONE,
                Certificates.of(
                        authorities.stream().map(TestAuthority::certificate).toList(),
                        List.of(own.certificate()),
                        List.of(own.key())));
    }

    private void assertRefused(String reason) {
        assertThat(line(peers.east)).contains(reason);
        assertThat(line(peers.west)).contains("AUTHENTICATION_FAILED", "whether it trusts our certificate");
    }

    /** A certificate that takes the place of one that has come to its end. */
    @Test
    void aNewCertificateCountsFromTheNextAuthenticationOn() throws Exception {
        trusted = List.of(root);
        Issued renewed = root.issue("C=CH, O=Ikebana, CN=west", "Ed25519", named(WEST_ID));
        Site west = westSite().with(c -> c.local(side(using(westOwn), WEST_ID)).remote(side("pubkey", EAST_ID)));
        load(west, eastSite().with(c -> c.local(side("pubkey", EAST_ID)).remote(side("pubkey", WEST_ID))));
        IkeSa before = peers.west.ikeSa();

        Site later = west.with(c -> c.local(side(using(renewed), WEST_ID)));
        peers.west
                .engine()
                .load(List.of(later.starting(StartAction.START).connection()), credentials(renewed, trusted));
        peers.pass(Duration.ofSeconds(1));
        assertThat(peers.west.ikeSa()).as("the tunnel stays").isSameAs(before);
        peers.assertTunnel();

        before.reauthenticate();
        peers.pass(Duration.ofSeconds(20));
        assertThat(peers.west.events(IkeEvent.IkeSaReauthenticated.class))
                .as("only the new key is here to sign with")
                .hasSize(1);
        peers.assertTunnel();
    }

    private static PublicKeyAuth using(Issued own) {
        return PublicKeyAuth.ANY.withCertificates(List.of(own.certificate()));
    }

    /** The one line that a failure leaves. */
    private static String line(Host host) {
        List<IkeEvent.NegotiationFailed> failed = host.events(IkeEvent.NegotiationFailed.class);
        assertThat(failed).hasSize(1);
        assertThat(failed.getFirst().failure())
                .isInstanceOfAny(Failure.AuthenticationFailed.class, Failure.PeerRefused.class);
        return EventLog.describe(failed.getFirst());
    }

    private static PublicKeyAuth pubkey(String auth) {
        return PublicKeyAuth.parse(auth).orElseThrow();
    }

    private static PublicKeyAuth own(Issued issued) {
        return PublicKeyAuth.ANY.withCertificates(List.of(issued.certificate()));
    }

    private static AuthConfig side(String auth, String id) {
        return side(pubkey(auth), id);
    }

    private static AuthConfig side(PublicKeyAuth auth, String id) {
        return new AuthConfig(AuthConfig.Method.PUBKEY, identity(id), auth.withPolicies(Set.of()));
    }

    private static AuthConfig psk(String id) {
        return new AuthConfig(AuthConfig.Method.PSK, identity(id));
    }

    private static Identity identity(String text) {
        try {
            return Identity.parse(text);
        } catch (org.ikebana.ike.auth.IdentitySyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Content named(String name) {
        return builder -> builder.addExtension(
                Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
    }
}
