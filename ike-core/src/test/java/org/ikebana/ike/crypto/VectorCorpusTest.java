package org.ikebana.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.ikebana.ike.corpus.Corpus;
import org.ikebana.ike.corpus.Json;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.ike.wire.KeId;
import org.ikebana.ike.wire.PrfId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors that other implementations test themselves with, and a whole key chain. */
class VectorCorpusTest {
    private static final CryptoRegistry REGISTRY = CryptoRegistry.standard();

    @ParameterizedTest
    @ValueSource(strings = {"vectors/mac/hmac-sha2.json", "vectors/mac/aes-xcbc.json"})
    void prfAndIntegrity(String file) throws IOException {
        for (Json vector : vectors(file)) {
            byte[] key = vector.get("key").bytes();
            if (vector.get("kind").text().equals("prf")) {
                assertThat(prf(vector.get("alg").text())
                                .compute(key, vector.get("seed").bytes()))
                        .as(vector.get("name").text())
                        .isEqualTo(vector.get("out").bytes());
            } else {
                byte[] data = vector.get("data").bytes();
                assertThat(integrity(vector.get("alg").text()).compute(key, data, 0, data.length))
                        .as(vector.get("name").text())
                        .isEqualTo(vector.get("mac").bytes());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"vectors/aead/aes-gcm.json", "vectors/aead/chacha20-poly1305.json", "vectors/cipher/aes-cbc.json"
            })
    void encryption(String file) throws IOException {
        for (Json vector : vectors(file)) {
            byte[] associated = vector.has("adata") ? vector.get("adata").bytes() : new byte[0];
            byte[] plain = vector.get("plain").bytes();
            byte[] sealed = vector.get("cipher").bytes();
            IkeEncryption algorithm =
                    encryption(vector.get("alg").text(), vector.get("key_size").number());
            byte[] head = concat(associated, vector.get("iv").bytes());
            byte[] packet = Arrays.copyOf(concat(head, plain), head.length + sealed.length);
            try (Secret key = Secret.wrap(vector.get("key").bytes());
                    PacketCipher cipher = algorithm.cipher(key)) {
                int to = head.length + plain.length;
                cipher.encrypt(packet, associated.length, head.length, to);
                assertThat(packet).as(vector.get("name").text()).isEqualTo(concat(head, sealed));
                assertThat(cipher.decrypt(packet, associated.length, head.length, to))
                        .isEqualTo(plain);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vectors/dh/modp.json", "vectors/dh/ecp-rfc5114.json", "vectors/dh/curve25519.json"})
    void keyExchange(String file) throws IOException, InvalidPublicValueException {
        for (Json vector : vectors(file)) {
            if (vector.get("method").text().equals("MODP_768_BIT")) {
                continue; // group 1, which is not offered
            }
            byte[] seed = vector.get("seed").bytes();
            byte[] privateI = Arrays.copyOf(seed, seed.length / 2);
            byte[] privateR = Arrays.copyOfRange(seed, seed.length / 2, seed.length);
            byte[] publicI = vector.get("pub_i").bytes();
            byte[] publicR = vector.get("pub_r").bytes();
            DhGroup group = group(vector.get("method").text());
            assertThat(group.publicValue(privateI))
                    .as(vector.get("name").text())
                    .isEqualTo(publicI);
            assertThat(group.publicValue(privateR)).isEqualTo(publicR);
            byte[] shared = vector.get("shared").bytes();
            assertThat(group.sharedSecret(privateI, publicR)).isEqualTo(shared);
            assertThat(group.sharedSecret(privateR, publicI)).isEqualTo(shared);
        }
    }

    @Test
    void prfAndPrfPlus() throws IOException {
        for (Json vector : vectors("vectors/kdf/ikev2-prf-and-prf-plus.json")) {
            Prf prf = prf(vector.get("arg.prf").text());
            byte[] key = vector.get("key").bytes();
            byte[] salt = vector.get("salt").bytes();
            byte[] expected = vector.get("out").bytes();
            byte[] output = vector.get("alg").text().equals("KDF_PRF")
                    ? prf.compute(salt, key)
                    : prf.expand(key, expected.length, salt);
            assertThat(output).as(vector.get("name").text()).isEqualTo(expected);
        }
    }

    @Test
    void keyChainOfAndroid() throws IOException {
        Json hex = Corpus.json("ike-messages/aosp/SaRecordTest.json").get("hex");
        Prf prf = REGISTRY.prf(PrfId.HMAC_SHA1).orElseThrow();
        Encryption aes = REGISTRY.encryption(EncrId.AES_CBC, 128).orElseThrow();
        Integrity sha1 = REGISTRY.integrity(IntegId.HMAC_SHA1_96).orElseThrow();
        byte[] ni = hex.get("IKE_NONCE_INIT_HEX_STRING").bytes();
        byte[] nr = hex.get("IKE_NONCE_RESP_HEX_STRING").bytes();
        Secret skeyseed = KeySchedule.skeyseed(prf, ni, nr, secret(hex, "IKE_SHARED_DH_KEY_HEX_STRING"));
        assertThat(skeyseed).isEqualTo(secret(hex, "IKE_SKEYSEED_HEX_STRING"));

        IkeKeys keys = KeySchedule.ikeKeys(prf, aes, sha1, skeyseed, ni, nr, 0x5f54bf6d8b48e6e1L, 0x909232b3d1edcb5cL);
        assertThat(keys.skD()).isEqualTo(secret(hex, "IKE_SK_D_HEX_STRING"));
        assertThat(keys.skAi()).isEqualTo(secret(hex, "IKE_SK_AUTH_INIT_HEX_STRING"));
        assertThat(keys.skAr()).isEqualTo(secret(hex, "IKE_SK_AUTH_RESP_HEX_STRING"));
        assertThat(keys.skEi()).isEqualTo(secret(hex, "IKE_SK_ENCR_INIT_HEX_STRING"));
        assertThat(keys.skEr()).isEqualTo(secret(hex, "IKE_SK_ENCR_RESP_HEX_STRING"));
        assertThat(keys.skPi()).isEqualTo(secret(hex, "IKE_SK_PRF_INIT_HEX_STRING"));
        assertThat(keys.skPr()).isEqualTo(secret(hex, "IKE_SK_PRF_RESP_HEX_STRING"));

        ChildKeys child = KeySchedule.childKeys(prf, keys.skD(), aes, sha1, null, ni, nr, List.of());
        assertThat(child.encryptionI()).isEqualTo(secret(hex, "FIRST_CHILD_ENCR_INIT_HEX_STRING"));
        assertThat(child.integrityI()).isEqualTo(secret(hex, "FIRST_CHILD_AUTH_INIT_HEX_STRING"));
        assertThat(child.encryptionR()).isEqualTo(secret(hex, "FIRST_CHILD_ENCR_RESP_HEX_STRING"));
        assertThat(child.integrityR()).isEqualTo(secret(hex, "FIRST_CHILD_AUTH_RESP_HEX_STRING"));

        assertThat(prf.compute(
                        keys.skPi().bytes(), hex.get("DATA_TO_SIGN_HEX_STRING").bytes()))
                .isEqualTo(hex.get("CALCULATED_MAC_HEX_STRING").bytes());
    }

    private static List<Json> vectors(String file) throws IOException {
        List<Json> vectors = Corpus.json(file).get("vectors").list();
        assertThat(vectors).isNotEmpty();
        return vectors;
    }

    private static Secret secret(Json hex, String name) {
        return Secret.wrap(hex.get(name).bytes());
    }

    private static byte[] concat(byte[] head, byte[] tail) {
        byte[] whole = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, whole, head.length, tail.length);
        return whole;
    }

    private Prf prf(String name) {
        int id = switch (name) {
            case "PRF_AES128_XCBC" -> PrfId.AES128_XCBC;
            case "PRF_HMAC_SHA1" -> PrfId.HMAC_SHA1;
            case "PRF_HMAC_SHA2_256" -> PrfId.HMAC_SHA2_256;
            case "PRF_HMAC_SHA2_384" -> PrfId.HMAC_SHA2_384;
            case "PRF_HMAC_SHA2_512" -> PrfId.HMAC_SHA2_512;
            default -> throw new IllegalArgumentException(name);
        };
        return REGISTRY.prf(id).orElseThrow();
    }

    private Integrity integrity(String name) {
        int id = switch (name) {
            case "AUTH_AES_XCBC_96" -> IntegId.AES_XCBC_96;
            case "AUTH_HMAC_SHA2_256_128" -> IntegId.HMAC_SHA2_256_128;
            case "AUTH_HMAC_SHA2_384_192" -> IntegId.HMAC_SHA2_384_192;
            case "AUTH_HMAC_SHA2_512_256" -> IntegId.HMAC_SHA2_512_256;
            default -> throw new IllegalArgumentException(name);
        };
        return REGISTRY.integrity(id).orElseThrow();
    }

    private IkeEncryption encryption(String name, int keyLength) {
        int bits = keyLength * 8;
        return (IkeEncryption)
                switch (name) {
                    case "ENCR_AES_CBC" ->
                        REGISTRY.encryption(EncrId.AES_CBC, bits).orElseThrow();
                    case "ENCR_AES_GCM_ICV8" ->
                        REGISTRY.encryption(EncrId.AES_GCM_8, bits).orElseThrow();
                    case "ENCR_AES_GCM_ICV12" ->
                        REGISTRY.encryption(EncrId.AES_GCM_12, bits).orElseThrow();
                    case "ENCR_AES_GCM_ICV16" ->
                        REGISTRY.encryption(EncrId.AES_GCM_16, bits).orElseThrow();
                    case "ENCR_CHACHA20_POLY1305" ->
                        REGISTRY.encryption(EncrId.CHACHA20_POLY1305, 0).orElseThrow();
                    default -> throw new IllegalArgumentException(name);
                };
    }

    private DhGroup group(String name) {
        int id = switch (name) {
            case "MODP_1024_BIT" -> KeId.MODP_1024;
            case "MODP_1536_BIT" -> KeId.MODP_1536;
            case "MODP_2048_BIT" -> KeId.MODP_2048;
            case "MODP_3072_BIT" -> KeId.MODP_3072;
            case "MODP_4096_BIT" -> KeId.MODP_4096;
            case "MODP_6144_BIT" -> KeId.MODP_6144;
            case "MODP_8192_BIT" -> KeId.MODP_8192;
            case "ECP_192_BIT" -> KeId.ECP_192;
            case "ECP_224_BIT" -> KeId.ECP_224;
            case "ECP_256_BIT" -> KeId.ECP_256;
            case "ECP_384_BIT" -> KeId.ECP_384;
            case "ECP_521_BIT" -> KeId.ECP_521;
            case "CURVE_25519" -> KeId.CURVE25519;
            default -> throw new IllegalArgumentException(name);
        };
        return ((DiffieHellman) REGISTRY.keyExchange(id).orElseThrow()).group();
    }
}
