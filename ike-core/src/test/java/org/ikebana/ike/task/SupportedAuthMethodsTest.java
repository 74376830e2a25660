package org.ikebana.ike.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.wire.CertPayload;
import org.ikebana.ike.wire.CertReqPayload;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.x509.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SUPPORTED_AUTH_METHODS on the wire and what is made of it (RFC 9593 3.1, 3.2). */
class SupportedAuthMethodsTest {
    private static final CryptoRegistry CRYPTO = CryptoRegistry.standard();
    private static final String SHARED_KEY = "0202";
    private static final String NULL = "020d";
    private static final String RSA = "030100";
    private static final String ECDSA_SHA256 = "0f0e00300a06082a8648ce3d040302";
    private static final String ED25519 = "0a0e00300506032b6570";
    private static final Octets FIRST_CA = Octets.ofHex("00112233445566778899aabbccddeeff00112233");
    private static final Octets SECOND_CA = Octets.ofHex("ffeeddccbbaa99887766554433221100ffeeddcc");

    @ParameterizedTest
    @CsvSource({
        SHARED_KEY + ", 2, 0, ''",
        NULL + ", 13, 0, ''",
        RSA + ", 1, 0, ''",
        "030902, 9, 2, ''",
        ECDSA_SHA256 + ", 14, 0, 300a06082a8648ce3d040302",
        "0a0eff300506032b6570, 14, 255, 300506032b6570",
        "05c8010203, 200, 1, 0203",
    })
    void readsEachFormat(String hex, int method, int link, String algorithm) {
        AuthAnnouncement read =
                AuthAnnouncement.decode(Octets.ofHex(hex)).orElseThrow().getFirst();
        assertThat(read.method()).isEqualTo(method);
        assertThat(read.link()).isEqualTo(link);
        assertThat(read.algorithmIdentifier()).isEqualTo(Octets.ofHex(algorithm));
        assertThat(AuthAnnouncement.encode(List.of(read))).isEqualTo(Octets.ofHex(hex));
    }

    @Test
    void readsAListInItsOrder() {
        Octets data = Octets.ofHex(ED25519 + SHARED_KEY + RSA);
        List<AuthAnnouncement> read = AuthAnnouncement.decode(data).orElseThrow();
        assertThat(read).extracting(AuthAnnouncement::method).containsExactly(14, 2, 1);
        assertThat(AuthAnnouncement.encode(read)).isEqualTo(data);
    }

    /** A length that does not count its own head, and one that goes beyond the end. */
    @ParameterizedTest
    @ValueSource(
            strings = {"00", "01", "02", "0002", "0102", "0301", SHARED_KEY + "00", SHARED_KEY + "ff0e00", "020201"})
    void isAdviceThatCountsForNothingWhereMalformed(String hex) {
        assertThat(AuthAnnouncement.decode(Octets.ofHex(hex))).isEmpty();
        assertThat(heard(List.of(), hex)).isEqualTo(AnnouncedMethods.NONE);
        assertThat(heard(List.of(), SHARED_KEY, hex)).isEqualTo(AnnouncedMethods.NONE);
    }

    @Test
    void neitherThrowsNorGrowsWhateverComes() {
        SplittableRandom random = new SplittableRandom(9593);
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = new byte[random.nextInt(80)];
            random.nextBytes(octets);
            for (int at = 0; at < octets.length; at += 2 + Math.abs(octets[at] % 9)) {
                octets[at] = (byte) random.nextInt(18); // lengths that lead on
            }
            assertThat(heard(List.of(FIRST_CA), Octets.wrap(octets).toString()).toString())
                    .hasSizeLessThan(2000);
        }
        List<AuthAnnouncement> many =
                AuthAnnouncement.decode(Octets.ofHex(SHARED_KEY.repeat(30_000))).orElseThrow();
        assertThat(many).hasSize(256);
    }

    @Test
    void linksAuthoritiesByNumberThroughAllRequests() {
        AnnouncedMethods said = heard(List.of(FIRST_CA, SECOND_CA), "030101", "0f0e02300a06082a8648ce3d040302" + RSA);
        assertThat(said.methods())
                .containsExactly(
                        new AcceptedMethod(1, Optional.empty(), Optional.of(FIRST_CA)),
                        new AcceptedMethod(14, Optional.of(SignatureScheme.ECDSA_SHA2_256), Optional.of(SECOND_CA)),
                        new AcceptedMethod(1, Optional.empty(), Optional.empty()));
        assertThat(said.others()).isZero();
    }

    /** RFC 9593 3.2.2: without CERTREQ a link is as zero. One to a CA that is not there cannot be understood. */
    @Test
    void aLinkToNothing() {
        assertThat(heard(List.of(), "030107").methods())
                .containsExactly(new AcceptedMethod(1, Optional.empty(), Optional.empty()));
        AnnouncedMethods beyond = heard(List.of(FIRST_CA), "030102" + SHARED_KEY);
        assertThat(beyond.methods()).containsExactly(new AcceptedMethod(2, Optional.empty(), Optional.empty()));
        assertThat(beyond).hasToString("shared key (method 2), and 1 not known here");
    }

    @Test
    void saysNothingByAlgorithmsThatAreNotKnownHere() {
        AnnouncedMethods said = heard(List.of(), "080e000603010203" + "050e003000");
        assertThat(said.methods()).isEmpty();
        assertThat(said.others()).isEqualTo(2);
        assertThat(said.isSaid()).isTrue();
        assertThat(said.acceptSharedKey()).isFalse();
        assertThat(said).hasToString("2 not known here");
    }

    @Test
    void announcesWhatEachSideAccepts() throws Exception {
        AuthConfig psk = new AuthConfig(AuthConfig.Method.PSK, Identity.ANY);
        assertThat(announced(Certificates.NONE, true, psk)).isEqualTo(SHARED_KEY);
        assertThat(announced(Certificates.NONE, true, psk, signing("ed25519"), psk))
                .isEqualTo(SHARED_KEY + ED25519);
        assertThat(announced(Certificates.NONE, true, signing("ecdsa-sha256"))).isEqualTo(ECDSA_SHA256 + "030900");
        assertThat(announced(Certificates.NONE, true, signing("rsa/pss-sha256")))
                .isEqualTo("460e00304106092a864886f70d01010a3034a00f300d06096086480165030402010500"
                        + "a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120");
        assertThat(announced(Certificates.NONE, true, signing("rsa-sha384")))
                .isEqualTo("120e00300d06092a864886f70d01010c0500"
                        + "460e00304106092a864886f70d01010a3034a00f300d06096086480165030402020500"
                        + "a11c301a06092a864886f70d010108300d06096086480165030402020500a203020130" + RSA);
    }

    /** RFC 7427 4: method 14 is not used where one end has not told its hash algorithms. */
    @Test
    void announcesTheOldMethodsAloneToAPeerThatKnowsNoOthers() {
        assertThat(announced(Certificates.NONE, false, signing("pubkey")))
                .isEqualTo(RSA + "030900" + "030a00" + "030b00");
    }

    @Test
    void announcesForGivenKeysWhatTheseCanDo() throws Exception {
        TestAuthority root = TestAuthority.root("CN=Root");
        PublicKeyAuth given = PublicKeyAuth.ANY.withPublicKeys(List.of(
                root.issue("CN=east", "P-384", builder -> {}).certificate().publicKey()));
        AuthConfig side = new AuthConfig(AuthConfig.Method.PUBKEY, Identity.ANY, given);
        assertThat(announced(Certificates.NONE, true, side))
                .isEqualTo(
                        ECDSA_SHA256 + "0f0e00300a06082a8648ce3d040303" + "0f0e00300a06082a8648ce3d040304" + "030a00");
    }

    @Test
    void linksTheAuthoritiesThatASideNames() {
        TestAuthority first = TestAuthority.root("CN=First");
        TestAuthority second = TestAuthority.root("CN=Second");
        MethodList list = MethodList.of(
                List.of(under(first, "ed25519"), under(second, "ecdsa-sha256"), signing("ed448")),
                Certificates.NONE,
                CRYPTO,
                true);
        assertThat(list.toPayload().data())
                .isEqualTo(Octets.ofHex(
                        "0a0e01300506032b6570" + "0f0e02300a06082a8648ce3d040302" + "030902" + "0a0e00300506032b6571"));
        assertThat(list.linkedRequests())
                .containsExactly(new CertReqPayload(
                        CertPayload.X509_SIGNATURE,
                        Octets.ofHex(first.certificate().publicKeyHash().toString()
                                + second.certificate().publicKeyHash())));
    }

    @Test
    void goesIntoTheResponseLaterOrNotAtAllWhereItWouldBeTooLong() {
        MethodList list = MethodList.of(List.of(signing("ed25519")), Certificates.NONE, CRYPTO, true);
        Payload before = NotifyPayload.of(NotifyType.INTERMEDIATE_EXCHANGE_SUPPORTED);
        int whole = 28 + 8 + 8 + 10;
        assertThat(response(new SupportedAuthMethods(true, list, whole, true), before))
                .containsExactly(before, list.toPayload());
        assertThat(response(new SupportedAuthMethods(true, list, whole - 1, false), before))
                .containsExactly(before);
        SupportedAuthMethods late = new SupportedAuthMethods(true, list, whole - 1, true);
        assertThat(response(late, before)).containsExactly(before, NotifyPayload.of(NotifyType.SUPPORTED_AUTH_METHODS));
        assertThat(late.isLater()).isTrue();
        SupportedAuthMethods hearing = new SupportedAuthMethods(true, MethodList.EMPTY);
        hearing.processResponse(message(List.of(NotifyPayload.of(NotifyType.SUPPORTED_AUTH_METHODS))));
        assertThat(hearing.isLater()).isTrue();
        assertThat(hearing.peers()).isEqualTo(AnnouncedMethods.NONE);
    }

    @Test
    void neitherSpeaksNorListensWhenSwitchedOff() {
        MethodList list = MethodList.of(List.of(signing("ed25519")), Certificates.NONE, CRYPTO, true);
        SupportedAuthMethods off = new SupportedAuthMethods(false, list, 10_000, true);
        assertThat(response(off)).isEmpty();
        off.processResponse(message(List.of(notify(SHARED_KEY))));
        assertThat(off.peers()).isEqualTo(AnnouncedMethods.NONE);
        List<Payload> request = new ArrayList<>();
        off.buildRequest(request);
        assertThat(request).isEmpty();
    }

    private static List<Payload> response(SupportedAuthMethods methods, Payload... before) {
        List<Payload> response = new ArrayList<>(List.of(before));
        methods.buildResponse(response);
        return response;
    }

    private static String announced(Certificates certificates, boolean isDigital, AuthConfig... remotes) {
        return MethodList.of(List.of(remotes), certificates, CRYPTO, isDigital)
                .toPayload()
                .data()
                .toString();
    }

    private static AuthConfig signing(String auth) {
        return new AuthConfig(
                AuthConfig.Method.PUBKEY,
                Identity.ANY,
                PublicKeyAuth.parse(auth).orElseThrow());
    }

    private static AuthConfig under(TestAuthority authority, String auth) {
        PublicKeyAuth side = PublicKeyAuth.parse(auth).orElseThrow().withAuthorities(List.of(authority.certificate()));
        return new AuthConfig(AuthConfig.Method.PUBKEY, Identity.ANY, side);
    }

    /** What is heard in a message with a CERTREQ for each of the CAs, and one notify for each of the rest. */
    private static AnnouncedMethods heard(List<Octets> authorities, String... notifies) {
        Stream<Payload> requests =
                authorities.stream().map(hash -> new CertReqPayload(CertPayload.X509_SIGNATURE, hash));
        Stream<Payload> said = Stream.of(notifies).map(SupportedAuthMethodsTest::notify);
        SupportedAuthMethods hearing = new SupportedAuthMethods(true, MethodList.EMPTY);
        hearing.processRequest(message(Stream.concat(requests, said).toList()));
        return hearing.peers();
    }

    private static Payload notify(String hex) {
        return NotifyPayload.of(NotifyType.SUPPORTED_AUTH_METHODS, Octets.ofHex(hex));
    }

    private static InboundMessage message(List<Payload> payloads) {
        InetSocketAddress end = new InetSocketAddress(InetAddress.getLoopbackAddress(), 500);
        return new InboundMessage(
                IkeHeader.of(1, 2, ExchangeType.IKE_AUTH, true, false, 1),
                payloads,
                new Datagram(end, end, new byte[0]));
    }
}
