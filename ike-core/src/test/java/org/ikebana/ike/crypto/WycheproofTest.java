package org.ikebana.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.ikebana.ike.corpus.Corpus;
import org.ikebana.ike.corpus.Json;
import org.ikebana.ike.wire.EncrId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Project Wycheproof's cases, as far as IKE can carry them. */
class WycheproofTest {
    private static final CryptoRegistry REGISTRY = CryptoRegistry.standard();
    private static final int IV = 8;
    private static final int ICV = 16;

    /** Everything is to be accepted but a shared secret of zero (RFC 8031 3.2, RFC 7748 6.1). */
    @Test
    void x25519() throws IOException {
        int refused = 0;
        for (Json group : groups("x25519_test.json")) {
            for (Json test : group.get("tests").list()) {
                boolean zero = Arrays.equals(test.get("shared").bytes(), new byte[32]);
                byte[] shared = shared(
                        MontgomeryGroup.CURVE25519,
                        test.get("private").bytes(),
                        test.get("public").bytes());
                assertThat(shared)
                        .as(name(test))
                        .isEqualTo(zero ? new byte[0] : test.get("shared").bytes());
                refused += zero ? 1 : 0;
            }
        }
        assertThat(refused).isPositive();
    }

    /** IKE carries x | y: the leading 04 is cut, and what has no such form cannot occur. */
    @ParameterizedTest
    @CsvSource({"ecdh_secp256r1_ecpoint_test.json, 19", "ecdh_secp384r1_ecpoint_test.json, 20"})
    void ecdh(String file, int id) throws IOException {
        DhGroup ecp = ((DiffieHellman) REGISTRY.keyExchange(id).orElseThrow()).group();
        int refused = 0;
        for (Json group : groups(file)) {
            for (Json test : group.get("tests").list()) {
                byte[] point = test.get("public").bytes();
                if (point.length != 1 + ecp.publicLength()) {
                    continue;
                }
                byte[] publicValue = Arrays.copyOfRange(point, 1, point.length);
                byte[] shared = shared(ecp, test.get("private").bytes(), publicValue);
                assertThat(shared)
                        .as(name(test))
                        .isEqualTo(isValid(test) ? test.get("shared").bytes() : new byte[0]);
                refused += isValid(test) ? 0 : 1;
            }
        }
        assertThat(refused).isPositive();
    }

    /** Both implementations make the key of the seed, and of the ciphertext the secret; wrong lengths are refused. */
    @Test
    void mlKem() throws Exception {
        int refused = 0;
        for (Kem kem : new Kem[] {new PlatformMlKem(MlKemSet.ML_KEM_768), new BcMlKem(MlKemSet.ML_KEM_768)}) {
            for (Json group : groups("mlkem_768_test.json")) {
                for (Json test : group.get("tests").list()) {
                    byte[] seed = test.get("seed").bytes();
                    boolean isSeed = seed.length == 64; // seeds are ours, and never of another length
                    refused += !isSeed || decapsulates(kem, seed, test) ? 0 : 1;
                }
            }
        }
        assertThat(refused).isPositive();
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

    @ParameterizedTest
    @CsvSource({"aes_gcm_test.json", "chacha20_poly1305_test.json"})
    void aead(String file) throws IOException {
        for (Json group : groups(file)) {
            if (group.get("ivSize").number() != 96 || group.get("tagSize").number() != 128) {
                continue;
            }
            int keyBits = group.get("keySize").number();
            IkeEncryption algorithm = (IkeEncryption) (file.startsWith("aes")
                            ? REGISTRY.encryption(EncrId.AES_GCM_16, keyBits)
                            : REGISTRY.encryption(EncrId.CHACHA20_POLY1305, 0))
                    .orElseThrow();
            for (Json test : group.get("tests").list()) {
                assertAead(algorithm, test);
            }
        }
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

    /** PKCS #5 padding is not ours; without it, what is valid is plain CBC. */
    @Test
    void aesCbc() throws IOException {
        for (Json group : groups("aes_cbc_pkcs5_test.json")) {
            IkeEncryption aes = (IkeEncryption)
                    REGISTRY.encryption(EncrId.AES_CBC, group.get("keySize").number())
                            .orElseThrow();
            for (Json test : group.get("tests").list()) {
                if (isValid(test)) {
                    byte[] plain = padded(test.get("msg").bytes());
                    byte[] iv = test.get("iv").bytes();
                    byte[] packet = Arrays.copyOf(iv, iv.length + plain.length);
                    System.arraycopy(plain, 0, packet, iv.length, plain.length);
                    try (Secret key = Secret.wrap(test.get("key").bytes());
                            PacketCipher cipher = aes.cipher(key)) {
                        cipher.encrypt(packet, 0, iv.length, packet.length);
                        assertThat(HexFormat.of().formatHex(packet, iv.length, packet.length))
                                .as(name(test))
                                .isEqualTo(test.get("ct").text());
                        assertThat(cipher.decrypt(packet, 0, iv.length, packet.length))
                                .isEqualTo(plain);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"hmac_sha256_test.json, 5", "hmac_sha512_test.json, 7"})
    void hmac(String file, int id) throws IOException {
        Prf prf = REGISTRY.prf(id).orElseThrow();
        for (Json group : groups(file)) {
            for (Json test : group.get("tests").list()) {
                byte[] code =
                        prf.compute(test.get("key").bytes(), test.get("msg").bytes());
                byte[] tag = test.get("tag").bytes();
                assertThat(Arrays.equals(Arrays.copyOf(code, tag.length), tag))
                        .as(name(test))
                        .isEqualTo(isValid(test));
            }
        }
    }

    private static List<Json> groups(String file) throws IOException {
        return Corpus.json("wycheproof/" + file).get("testGroups").list();
    }

    /** Empty when the public value is refused. */
    private static byte[] shared(DhGroup group, byte[] privateValue, byte[] publicValue) {
        try {
            return group.sharedSecret(privateValue, publicValue);
        } catch (InvalidPublicValueException e) {
            return new byte[0];
        }
    }

    private static boolean isValid(Json test) {
        return test.get("result").text().equals("valid");
    }

    private static String name(Json test) {
        return test.get("tcId").number() + " " + test.get("comment").text();
    }

    private static byte[] padded(byte[] plain) {
        int padding = 16 - plain.length % 16;
        byte[] padded = Arrays.copyOf(plain, plain.length + padding);
        Arrays.fill(padded, plain.length, padded.length, (byte) padding);
        return padded;
    }
}
