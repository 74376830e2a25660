package org.ikebana.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ikebana.ike.corpus.Corpus;
import org.ikebana.ike.corpus.Json;
import org.ikebana.ike.wire.EncrId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Project Wycheproof's cases of key agreement, encryption and message authentication. Each is decided as its file says; what
 * has no form in IKE is counted, with the reason.
 */
class WycheproofTest {
    private static final CryptoRegistry REGISTRY = CryptoRegistry.standard();
    private static final int IV = 8;
    private static final int ICV = 16;

    /** What a case is acceptable for that we accept, and how many are so for that. */
    private static final Map<String, Integer> ACCEPTED = Map.of(
            // a public value on the twist is as good as any: its product is computed, and tells nothing (RFC 7748 5)
            "on the twist", 216,
            // values of p and above stand for what they are modulo p, and are to be accepted (RFC 7748 5)
            "not canonical", 7);

    /**
     * Of the 254 acceptable cases, those with a shared secret of zero are refused, as that is a MUST in IKE (RFC 8031 5, RFC 7748
     * 6.1); the others are accepted, with the right secret.
     */
    @Test
    void x25519() throws IOException {
        Map<String, Integer> accepted = new HashMap<>();
        int valid = 0;
        int refused = 0;
        for (Json group : groups("x25519_test.json")) {
            for (Json test : group.get("tests").list()) {
                boolean zero = Arrays.equals(test.get("shared").bytes(), new byte[32]);
                byte[] shared = shared(
                        (DiffieHellman) REGISTRY.keyExchange(31).orElseThrow(),
                        test.get("private").bytes(),
                        test.get("public").bytes());
                assertThat(shared)
                        .as(name(test))
                        .isEqualTo(zero ? new byte[0] : test.get("shared").bytes());
                assertThat(zero).as(name(test)).isEqualTo(isFlagged(test, "ZeroSharedSecret"));
                if (isValid(test)) {
                    valid++;
                } else if (zero) {
                    refused++;
                } else {
                    accepted.merge(isFlagged(test, "Twist") ? "on the twist" : "not canonical", 1, Integer::sum);
                    assertThat(isFlagged(test, "Twist") || isFlagged(test, "NonCanonicalPublic"))
                            .as(name(test))
                            .isTrue();
                }
            }
        }
        assertThat(valid).isEqualTo(264);
        assertThat(refused).isEqualTo(31);
        assertThat(accepted).isEqualTo(ACCEPTED);
    }

    /**
     * IKE carries x | y, without the octet before them that says so (RFC 5903 7). What lacks it or one of them is a public value of
     * a wrong length then, the acceptable one among it, a compressed point.
     */
    @ParameterizedTest
    @CsvSource({
        "ecdh_secp256r1_ecpoint_test.json, 19, 330, 24",
        "ecdh_secp384r1_ecpoint_test.json, 20, 771, 18",
    })
    void ecdh(String file, int id, int valid, int invalid) throws IOException {
        DiffieHellman ecp = (DiffieHellman) REGISTRY.keyExchange(id).orElseThrow();
        int accepted = 0;
        int refused = 0;
        List<String> acceptable = new ArrayList<>();
        for (Json group : groups(file)) {
            for (Json test : group.get("tests").list()) {
                byte[] point = test.get("public").bytes();
                byte[] publicValue = Arrays.copyOfRange(point, Math.min(1, point.length), point.length);
                byte[] shared = shared(ecp, test.get("private").bytes(), publicValue);
                assertThat(shared)
                        .as(name(test))
                        .isEqualTo(isValid(test) ? test.get("shared").bytes() : new byte[0]);
                switch (test.get("result").text()) {
                    case "valid" -> accepted++;
                    case "invalid" -> refused++;
                    default -> acceptable.add(name(test));
                }
            }
        }
        assertThat(accepted).isEqualTo(valid);
        assertThat(refused).isEqualTo(invalid);
        assertThat(acceptable).containsExactly("2 compressed public key");
    }

    /**
     * Both implementations make the key of the seed, and of the ciphertext the secret; ciphertexts of wrong lengths are refused.
     * Seeds are drawn by ourselves, never of another length than 64: those cases have no form here.
     */
    @Test
    void mlKem() throws Exception {
        for (Kem kem : new Kem[] {new PlatformMlKem(MlKemSet.ML_KEM_768), new BcMlKem(MlKemSet.ML_KEM_768)}) {
            int accepted = 0;
            int refused = 0;
            int withoutForm = 0;
            for (Json group : groups("mlkem_768_test.json")) {
                for (Json test : group.get("tests").list()) {
                    byte[] seed = test.get("seed").bytes();
                    if (seed.length != 64) {
                        assertThat(isValid(test)).isFalse();
                        withoutForm++;
                    } else if (decapsulates(kem, seed, test)) {
                        accepted++;
                    } else {
                        refused++;
                    }
                }
            }
            assertThat(accepted).isEqualTo(153);
            assertThat(refused).isEqualTo(20);
            assertThat(withoutForm).isEqualTo(20);
        }
    }

    private static boolean decapsulates(Kem kem, byte[] seed, Json test) {
        try (KeyExchange.Initiator initiator = new KemExchange(36, "mlkem768", kem).initiate(new Replay(seed))) {
            Secret shared = initiator.complete(test.get("c").bytes());
            assertThat(isValid(test)).as("test %d", test.get("tcId").number()).isTrue();
            assertThat(initiator.publicValue())
                    .as("test %d", test.get("tcId").number())
                    .isEqualTo(test.get("ek").bytes());
            assertThat(shared.bytes())
                    .as("test %d", test.get("tcId").number())
                    .isEqualTo(test.get("K").bytes());
            return true;
        } catch (InvalidPublicValueException e) {
            assertThat(isValid(test)).as("test %d", test.get("tcId").number()).isFalse();
            return false;
        }
    }

    /** Gives these octets, one draw after another. */
    private static final class Replay extends SecureRandom {
        private final ByteBuffer octets;

        Replay(byte[] octets) {
            this.octets = ByteBuffer.wrap(octets);
        }

        @Override
        public void nextBytes(byte[] bytes) {
            octets.get(bytes);
        }
    }

    /** Nonces of IKE have 12 octets, 4 of the key and 8 sent (RFC 5282 4, RFC 7634 3); others have no form in it. */
    @ParameterizedTest
    @CsvSource({"aes_gcm_test.json, 197, 119", "chacha20_poly1305_test.json, 316, 9"})
    void aead(String file, int cases, int withoutForm) throws IOException {
        int decided = 0;
        int others = 0;
        for (Json group : groups(file)) {
            List<Json> tests = group.get("tests").list();
            assertThat(group.get("tagSize").number()).isEqualTo(8 * ICV);
            if (group.get("ivSize").number() != 96) {
                others += tests.size();
                continue;
            }
            int keyBits = group.get("keySize").number();
            IkeEncryption algorithm = (IkeEncryption) (file.startsWith("aes")
                            ? REGISTRY.encryption(EncrId.AES_GCM_16, keyBits)
                            : REGISTRY.encryption(EncrId.CHACHA20_POLY1305, 0))
                    .orElseThrow();
            for (Json test : tests) {
                assertAead(algorithm, test);
                decided++;
            }
        }
        assertThat(decided).isEqualTo(cases);
        assertThat(others).isEqualTo(withoutForm);
    }

    private void assertAead(IkeEncryption algorithm, Json test) {
        String nonce = test.get("iv").text();
        String iv = nonce.substring(8);
        byte[] associated = test.get("aad").bytes();
        byte[] plain = test.get("msg").bytes();
        byte[] sealed = Hex.octets(test.get("aad").text()
                + iv
                + test.get("ct").text()
                + test.get("tag").text());
        int from = associated.length + IV;
        int to = sealed.length - ICV;
        try (Secret key = Hex.secret(test.get("key").text() + nonce.substring(0, 8));
                PacketCipher sender = algorithm.cipher(key);
                PacketCipher receiver = algorithm.cipher(key)) {
            assertThat(receiver.decrypt(sealed, associated.length, from, to))
                    .as(name(test))
                    .isEqualTo(isValid(test) ? plain : null);
            byte[] packet = Arrays.copyOf(
                    Hex.octets(test.get("aad").text() + iv + test.get("msg").text()), sealed.length);
            sender.encrypt(packet, associated.length, from, to);
            assertThat(Arrays.equals(packet, sealed)).as(name(test)).isEqualTo(isValid(test));
        }
    }

    /**
     * IKE says itself how much is padding (RFC 7296 3.14). The cipher below it gives what was padded as PKCS #5 has it: rightly in
     * valid cases, wrongly or not at all in the others.
     */
    @Test
    void aesCbc() throws IOException {
        int valid = 0;
        int invalid = 0;
        for (Json group : groups("aes_cbc_pkcs5_test.json")) {
            IkeEncryption aes = (IkeEncryption)
                    REGISTRY.encryption(EncrId.AES_CBC, group.get("keySize").number())
                            .orElseThrow();
            for (Json test : group.get("tests").list()) {
                byte[] plain = decrypted(aes, test);
                byte[] padded = padded(test.get("msg").bytes());
                assertThat(Arrays.equals(plain, padded)).as(name(test)).isEqualTo(isValid(test));
                if (isValid(test)) {
                    assertThat(encrypted(aes, test, padded))
                            .as(name(test))
                            .isEqualTo(test.get("ct").text());
                    valid++;
                } else {
                    assertThat(isPadded(plain)).as(name(test)).isFalse();
                    invalid++;
                }
            }
        }
        assertThat(valid).isEqualTo(72);
        assertThat(invalid).isEqualTo(144);
    }

    private static byte[] decrypted(IkeEncryption aes, Json test) {
        byte[] iv = test.get("iv").bytes();
        byte[] packet = Hex.octets(test.get("iv").text() + test.get("ct").text());
        try (Secret key = Secret.wrap(test.get("key").bytes());
                PacketCipher cipher = aes.cipher(key)) {
            return Objects.requireNonNull(cipher.decrypt(packet, 0, iv.length, packet.length));
        }
    }

    private static String encrypted(IkeEncryption aes, Json test, byte[] plain) {
        byte[] iv = test.get("iv").bytes();
        byte[] packet = Arrays.copyOf(iv, iv.length + plain.length);
        System.arraycopy(plain, 0, packet, iv.length, plain.length);
        try (Secret key = Secret.wrap(test.get("key").bytes());
                PacketCipher cipher = aes.cipher(key)) {
            cipher.encrypt(packet, 0, iv.length, packet.length);
        }
        return HexFormat.of().formatHex(packet, iv.length, packet.length);
    }

    @ParameterizedTest
    @CsvSource({"hmac_sha256_test.json, 5", "hmac_sha512_test.json, 7"})
    void hmac(String file, int id) throws IOException {
        Prf prf = REGISTRY.prf(id).orElseThrow();
        int decided = 0;
        for (Json group : groups(file)) {
            for (Json test : group.get("tests").list()) {
                byte[] code =
                        prf.compute(test.get("key").bytes(), test.get("msg").bytes());
                byte[] tag = test.get("tag").bytes();
                assertThat(Arrays.equals(Arrays.copyOf(code, tag.length), tag))
                        .as(name(test))
                        .isEqualTo(isValid(test));
                decided++;
            }
        }
        assertThat(decided).isEqualTo(174);
    }

    private static List<Json> groups(String file) throws IOException {
        return Corpus.json("wycheproof/" + file).get("testGroups").list();
    }

    /** As a peer's KE payload is answered with; empty when the public value is refused. */
    private static byte[] shared(DiffieHellman exchange, byte[] privateValue, byte[] publicValue) {
        var known = new DiffieHellman(
                exchange.id(), exchange.name(), new KnownPrivateValue(exchange.group(), privateValue));
        try (KeyExchange.Initiator initiator = known.initiate(new SecureRandom());
                Secret shared = initiator.complete(publicValue)) {
            return shared.bytes().clone();
        } catch (InvalidPublicValueException e) {
            return new byte[0];
        }
    }

    /** The group with a private value that is given, not drawn. */
    private record KnownPrivateValue(DhGroup group, byte[] value) implements DhGroup {
        @Override
        public int privateLength() {
            return group.privateLength();
        }

        @Override
        public int publicLength() {
            return group.publicLength();
        }

        @Override
        public byte[] privateValue(SecureRandom random) {
            return value.clone();
        }

        @Override
        public byte[] publicValue(byte[] privateValue) {
            return group.publicValue(privateValue);
        }

        @Override
        public byte[] sharedSecret(byte[] privateValue, byte[] peerPublicValue) throws InvalidPublicValueException {
            return group.sharedSecret(privateValue, peerPublicValue);
        }
    }

    private static boolean isValid(Json test) {
        return test.get("result").text().equals("valid");
    }

    private static boolean isFlagged(Json test, String flag) {
        return test.get("flags").list().stream().anyMatch(each -> each.text().equals(flag));
    }

    private static String name(Json test) {
        return test.get("tcId").number() + " " + test.get("comment").text();
    }

    /** As PKCS #5 has it. */
    private static boolean isPadded(byte[] plain) {
        int padding = plain.length == 0 ? 0 : plain[plain.length - 1];
        if (padding < 1 || padding > 16) {
            return false;
        }
        byte[] message = Arrays.copyOf(plain, plain.length - padding);
        return Arrays.equals(padded(message), plain);
    }

    private static byte[] padded(byte[] plain) {
        int padding = 16 - plain.length % 16;
        byte[] padded = Arrays.copyOf(plain, plain.length + padding);
        Arrays.fill(padded, plain.length, padded.length, (byte) padding);
        return padded;
    }
}
