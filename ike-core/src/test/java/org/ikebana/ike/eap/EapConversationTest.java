package org.ikebana.ike.eap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.EapSecret;
import org.ikebana.ike.auth.EapSecrets;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.ike.x509.TestAuthority.Issued;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both sides of EAP talk to each other (RFC 3748), by each method. */
class EapConversationTest {
    private static final CryptoRegistry CRYPTO = CryptoRegistry.standard();
    private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");

    private final SecureRandom random = new SecureRandom();
    private final TestAuthority root = TestAuthority.root("CN=Root");
    private final Identity carol = identity("carol@example.org");
    private final Identity gateway = identity("gw.example.org");
    private final List<Octets> wire = new ArrayList<>();
    private EapSecrets passwords = new EapSecrets(List.of(password("eap-carol", "carol@example.org", "Ar3etTnp")));
    private EapSecret own = password("eap-own", "carol@example.org", "Ar3etTnp");
    private Issued client = issue("carol@example.org", GeneralName.rfc822Name, "P-256");
    private Issued server = issue("gw.example.org", GeneralName.dNSName, "P-256");

    /** What came of it at both ends. */
    private record Outcome(Optional<Secret> peers, Optional<Secret> servers, String peerSays, String serverSays) {}

    @Test
    void aPassword() {
        assertThat(agreed(run(List.of(EapMethod.MSCHAPV2), List.of(EapMethod.MSCHAPV2), Optional.empty())))
                .isEqualTo(64);
    }

    @Test
    void anIdentityThatIsAskedFor() {
        assertThat(agreed(run(List.of(EapMethod.MSCHAPV2), List.of(EapMethod.MSCHAPV2), Optional.of(Identity.ANY))))
                .isEqualTo(64);
    }

    @Test
    void anIdentityThatIsNotWanted() {
        Outcome outcome = run(
                List.of(EapMethod.MSCHAPV2), List.of(EapMethod.MSCHAPV2), Optional.of(identity("dave@example.org")));
        assertThat(outcome.serverSays())
                .isEqualTo("the peer's EAP identity is carol@example.org, the configuration wants dave@example.org");
    }

    @Test
    void aWrongPasswordAndAnUnknownUserLookAlike() {
        own = password("eap-own", "carol@example.org", "another");
        Outcome wrong = run(List.of(EapMethod.MSCHAPV2), List.of(EapMethod.MSCHAPV2), Optional.empty());
        List<List<Integer>> shape = shape();
        passwords = EapSecrets.NONE;
        Outcome unknown = run(List.of(EapMethod.MSCHAPV2), List.of(EapMethod.MSCHAPV2), Optional.empty());

        assertThat(shape()).isEqualTo(shape).hasSize(5);
        assertThat(wrong.peerSays()).isEqualTo(unknown.peerSays()).contains("secrets.eap-own", "error 691");
        assertThat(wrong.serverSays())
                .isEqualTo("the password of carol@example.org is not the one in secrets.eap-carol: the two sides have"
                        + " different ones");
        assertThat(unknown.serverSays()).startsWith("there is no password for carol@example.org by EAP-MSCHAPv2");
    }

    @Test
    void aServerThatDoesNotKnowThePassword() throws EapException {
        MsChapV2Peer peer = new MsChapV2Peer(carol, own, random);
        peer.answer(new MsChapV2Packet.Challenge(7, new byte[16], Octets.EMPTY).encode());
        Octets forged = new MsChapV2Packet.Result(true, 7, "S=" + "00".repeat(20) + " M=hello").encode();
        assertThat(assertThrows(EapException.class, () -> peer.answer(forged)).sentence())
                .contains("does not know the password");
        assertThat(peer.isDone()).isFalse();
    }

    @Test
    void successTooSoonIsNone() {
        EapPeer peer = new EapPeer(carol, List.of(EapMethod.MSCHAPV2), this::openPeer);
        EapException refusal = assertThrows(EapException.class, () -> peer.on(new EapPacket.Success(1).encode()));
        assertThat(refusal.sentence()).isEqualTo("the peer says EAP-Success before it has proved itself");
    }

    @ParameterizedTest
    @CsvSource({"P-256, P-256", "RSA-2048, P-384", "P-521, RSA-3072", "Ed25519, P-256"})
    void certificates(String clientKey, String serverKey) {
        client = issue("carol@example.org", GeneralName.rfc822Name, clientKey);
        server = issue("gw.example.org", GeneralName.dNSName, serverKey);
        assertThat(agreed(run(List.of(EapMethod.TLS), List.of(EapMethod.TLS), Optional.empty())))
                .isEqualTo(64);
        assertThat(wire).allSatisfy(packet -> assertThat(packet.length()).isLessThan(1100));
    }

    @Test
    void theServersCertificateIsForSomebodyElse() {
        server = issue("other.example.org", GeneralName.dNSName, "P-256");
        Outcome outcome = run(List.of(EapMethod.TLS), List.of(EapMethod.TLS), Optional.empty());
        assertThat(outcome.peerSays())
                .contains("the peer gw.example.org is not trusted in EAP-TLS", "not for gw.example.org");
        assertThat(outcome.serverSays()).contains("breaks the TLS handshake of EAP-TLS off", "bad_certificate");
        assertThat(outcome.peers()).isEmpty();
        assertThat(outcome.servers()).isEmpty();
    }

    @Test
    void theClientsCertificateIsOfAStranger() {
        client = TestAuthority.root("CN=Stranger")
                .issue("CN=carol", "P-256", named(GeneralName.rfc822Name, "carol@example.org"));
        Outcome outcome = run(List.of(EapMethod.TLS), List.of(EapMethod.TLS), Optional.empty());
        assertThat(outcome.serverSays())
                .contains("the peer carol@example.org is not trusted in EAP-TLS", "CN=Stranger");
        assertThat(outcome.peers()).isEmpty();
        assertThat(outcome.servers()).isEmpty();
    }

    @Test
    void anotherMethodIfThePeerPrefersIt() {
        assertThat(agreed(
                        run(List.of(EapMethod.MSCHAPV2), List.of(EapMethod.TLS, EapMethod.MSCHAPV2), Optional.empty())))
                .isEqualTo(64);
    }

    @Test
    void noMethodInCommon() {
        Outcome outcome = run(List.of(EapMethod.MSCHAPV2), List.of(EapMethod.TLS), Optional.empty());
        assertThat(outcome.serverSays())
                .isEqualTo(
                        "the peer does not do eap-tls, but EAP methods of types 26, which remote.auth does not allow;"
                                + " compare auth of both sides");
        assertThat(outcome.peerSays()).contains("by none of the methods [eap-mschapv2]");
    }

    /** Whatever a server that has the keys of the IKE SA sends. */
    @ParameterizedTest
    @CsvSource({"MSCHAPV2, 1", "MSCHAPV2, 2", "TLS, 3", "TLS, 4"})
    void garbageEndsWithoutHarm(EapMethod method, long seed) {
        Random garbage = new Random(seed);
        for (int i = 0; i < 200; i++) {
            EapPeer peer = new EapPeer(carol, List.of(method), this::openPeer);
            EapServer asking = new EapServer(List.of(method), Optional.empty(), carol, 0, this::openServer);
            asking.begin();
            try {
                for (int k = 0; k < 3; k++) {
                    byte[] data = new byte[garbage.nextInt(80)];
                    garbage.nextBytes(data);
                    int type = garbage.nextBoolean() ? method.type() : garbage.nextInt(256);
                    assertThat(asking.on(new EapPacket.Response(1 + k, type, Octets.wrap(data)).encode()))
                            .isNotInstanceOf(EapServer.Step.Succeeded.class);
                    assertThat(peer.on(new EapPacket.Request(k, type, Octets.wrap(data)).encode()))
                            .isInstanceOf(EapPeer.Step.Answer.class);
                }
            } catch (EapException refused) {
                assertThat(refused.sentence()).isNotEmpty();
            }
        }
    }

    @Test
    void aTlsMessageHasALimit() {
        TlsFragments fragments = new TlsFragments();
        Octets huge = Octets.ofHex("c0" + "00010001" + "00");
        assertThat(assertThrows(EapException.class, () -> fragments.receive(huge))
                        .sentence())
                .contains("longer than 65536 octets");
        byte[] data = new byte[10_000];
        data[0] = 0x40;
        assertThrows(EapException.class, () -> {
            for (int i = 0; i < 8; i++) {
                fragments.receive(Octets.wrap(data));
            }
        });
    }

    private Outcome run(List<EapMethod> peers, List<EapMethod> servers, Optional<Identity> asked) {
        wire.clear();
        EapPeer peer = new EapPeer(carol, peers, this::openPeer);
        EapServer asking = new EapServer(servers, asked, carol, 0, this::openServer);
        EapServer.Step step = asking.begin();
        String peerSays = "";
        while (true) {
            wire.add(step.packet());
            EapPeer.Step answer;
            try {
                answer = peer.on(step.packet());
            } catch (EapException e) {
                peerSays = e.sentence();
                answer = null;
            }
            Optional<Secret> key = answer instanceof EapPeer.Step.Succeeded s ? Optional.of(s.msk()) : Optional.empty();
            if (step instanceof EapServer.Step.Succeeded s) {
                return new Outcome(key, Optional.of(s.msk()), peerSays, "");
            }
            if (step instanceof EapServer.Step.Failed f) {
                return new Outcome(key, Optional.empty(), peerSays, f.reason());
            }
            if (!(answer instanceof EapPeer.Step.Answer a)) {
                return new Outcome(key, Optional.empty(), peerSays, "");
            }
            wire.add(a.packet());
            step = asking.on(a.packet());
        }
    }

    /** Code and length of each packet. */
    private List<List<Integer>> shape() {
        return wire.stream()
                .map(packet -> List.of(packet.at(0), packet.length()))
                .toList();
    }

    /** The length of the key that both have. */
    private static int agreed(Outcome outcome) {
        assertThat(outcome.serverSays()).isEmpty();
        assertThat(outcome.peerSays()).isEmpty();
        assertThat(outcome.peers()).isEqualTo(outcome.servers()).isPresent();
        return outcome.peers().orElseThrow().length();
    }

    private PeerMethod openPeer(EapMethod method, Identity name) {
        return switch (method) {
            case MSCHAPV2 -> new MsChapV2Peer(name, own, random);
            case TLS -> new TlsPeer(party(client, gateway));
        };
    }

    private ServerMethod openServer(EapMethod method, Identity name) throws EapException {
        return switch (method) {
            case MSCHAPV2 -> new MsChapV2Server(name, passwords.find(name), gateway, random);
            case TLS -> new TlsServer(party(server, carol));
        };
    }

    private TlsParty party(Issued issued, Identity other) {
        return new TlsParty(
                issued.key(),
                List.of(issued.certificate().encoded()),
                other,
                PublicKeyAuth.ANY,
                Certificates.of(List.of(root.certificate()), List.of(), List.of()),
                CRYPTO,
                random,
                NOW);
    }

    private Issued issue(String name, int type, String key) {
        return root.issue("CN=" + name, key, named(type, name));
    }

    private static TestAuthority.Content named(int type, String name) {
        return builder -> builder.addExtension(
                Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(type, name)));
    }

    private static EapSecret password(String section, String user, String password) {
        Secret secret = Secret.wrap(password.getBytes(StandardCharsets.UTF_8));
        return new EapSecret(section, List.of(identity(user)), secret, false);
    }

    private static Identity identity(String text) {
        try {
            return Identity.parse(text);
        } catch (org.ikebana.ike.auth.IdentitySyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
