package org.ikebana.kernel.tun.esp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.ikebana.ike.corpus.Corpus;
import org.ikebana.ike.corpus.Json;
import org.ikebana.ike.crypto.Encryption;
import org.ikebana.ike.crypto.Integrity;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors of Wycheproof and strongSwan, on the algorithms below the packets. */
class CorpusVectorsTest {
    private static final int MAX_HMAC_KEY = 64;

    @ParameterizedTest
    @CsvSource({"aes_gcm_test.json", "chacha20_poly1305_test.json"})
    void wycheproofAead(String file) throws IOException {
        int refused = 0;
        for (Json group : Corpus.json("wycheproof/" + file).get("testGroups").list()) {
            if (group.get("ivSize").number() != 96 || group.get("tagSize").number() != 128) {
                continue;
            }
            for (Json test : group.get("tests").list()) {
                boolean valid = test.get("result").text().equals("valid");
                Aead aead = new Aead(
                        file.startsWith("aes"),
                        test.get("key").bytes(),
                        test.get("iv").bytes(),
                        test.get("aad").bytes(),
                        test.get("msg").bytes(),
                        joined(test.get("ct").bytes(), test.get("tag").bytes()));
                aead.check(test.get("tcId").number(), 16, valid);
                refused += valid ? 0 : 1;
            }
        }
        assertThat(refused).isPositive();
    }

    /** Their keys end with the salt. */
    @ParameterizedTest
    @CsvSource({"aes-gcm.json", "chacha20-poly1305.json"})
    void strongSwanAead(String file) throws IOException {
        for (Json test : Corpus.json("vectors/aead/" + file).get("vectors").list()) {
            int keyLength = test.get("key_size").number();
            byte[] keymat = test.get("key").bytes();
            byte[] salt = Arrays.copyOfRange(keymat, keyLength, keymat.length);
            Aead aead = new Aead(
                    file.startsWith("aes"),
                    Arrays.copyOf(keymat, keyLength),
                    joined(salt, test.get("iv").bytes()),
                    test.has("adata") ? test.get("adata").bytes() : new byte[0],
                    test.get("plain").bytes(),
                    test.get("cipher").bytes());
            aead.check(1, test.get("cipher").bytes().length - test.get("len").number(), true);
        }
    }

    @Test
    void strongSwanCbc() throws IOException {
        for (Json test :
                Corpus.json("vectors/cipher/aes-cbc.json").get("vectors").list()) {
            Encryption algorithm = Suite.of(
                            EncrId.AES_CBC, test.get("key_size").number() * Byte.SIZE, IntegId.HMAC_SHA1_96)
                    .encryption();
            byte[] plain = test.get("plain").bytes();
            for (CipherSource source : LibCryptoPresent.andPortableSources()) {
                try (Secret key = Secret.wrap(test.get("key").bytes());
                        TextCipher cipher = source.textCipher(algorithm, key).orElseThrow()) {
                    ByteBuffer memory = direct(
                            joined(test.get("iv").bytes(), test.get("cipher").bytes()));
                    cipher.decrypt(memory, 0, plain.length);
                    assertThat(memory.slice(16, plain.length)).isEqualTo(ByteBuffer.wrap(plain));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"aes-xcbc.json", "hmac-sha2.json"})
    void strongSwanIntegrity(String file) throws IOException {
        int checked = 0;
        for (Json test : Corpus.json("vectors/mac/" + file).get("vectors").list()) {
            if (test.get("kind").text().equals("signer") && test.get("len").number() > 0) {
                int id = switch (test.get("alg").text()) {
                    case "AUTH_AES_XCBC_96" -> IntegId.AES_XCBC_96;
                    case "AUTH_HMAC_SHA2_256_128" -> IntegId.HMAC_SHA2_256_128;
                    case "AUTH_HMAC_SHA2_384_192" -> IntegId.HMAC_SHA2_384_192;
                    default -> IntegId.HMAC_SHA2_512_256;
                };
                assertMac(
                        id,
                        test.get("key").bytes(),
                        test.get("data").bytes(),
                        test.get("mac").bytes(),
                        true);
                checked++;
            }
        }
        assertThat(checked).isPositive();
    }

    /** Whose keys are of all lengths; those of ESP are never longer than a block. */
    @ParameterizedTest
    @CsvSource({"hmac_sha256_test.json, 12", "hmac_sha512_test.json, 14"})
    void wycheproofHmac(String file, int id) throws IOException {
        for (Json group : Corpus.json("wycheproof/" + file).get("testGroups").list()) {
            for (Json test : group.get("tests").list()) {
                byte[] key = test.get("key").bytes();
                byte[] data = test.get("msg").bytes();
                if (key.length > 0 && key.length <= MAX_HMAC_KEY) {
                    boolean valid = test.get("result").text().equals("valid");
                    assertMac(id, key, data, test.get("tag").bytes(), valid);
                }
            }
        }
    }

    private static void assertMac(int id, byte[] key, byte[] data, byte[] expected, boolean valid) {
        Integrity algorithm = Suite.integrities().stream()
                .filter(integrity -> integrity.id() == id)
                .findFirst()
                .orElseThrow();
        for (CipherSource source : LibCryptoPresent.andPortableSources()) {
            try (Secret secret = Secret.copyOf(key);
                    PacketMac mac = source.mac(algorithm, secret).orElseThrow()) {
                ByteBuffer code = mac.compute(direct(data), 0, data.length);
                assertThat(code.slice(0, expected.length).equals(ByteBuffer.wrap(expected)))
                        .isEqualTo(valid);
            }
        }
    }

    private static ByteBuffer direct(byte[] octets) {
        return ByteBuffer.allocateDirect(octets.length).put(0, octets);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** One vector. */
    private record Aead(boolean gcm, byte[] key, byte[] nonce, byte[] associated, byte[] plain, byte[] sealed) {
        void check(int number, int icvLength, boolean valid) {
            checkJava(number, icvLength, valid);
            LibCryptoPresent.require();
            checkOpenSsl(number, icvLength, valid);
        }

        private void checkJava(int number, int icvLength, boolean valid) {
            try (HeapAead aead = javaAead(icvLength)) {
                byte[] output = new byte[sealed.length];
                int length = aead.process(
                        false, nonce.clone(), associated, associated.length, sealed, sealed.length, output);
                assertThat(length).as("%d", number).isEqualTo(valid ? plain.length : HeapAead.REFUSED);
                if (valid) {
                    assertThat(Arrays.copyOf(output, length)).isEqualTo(plain);
                }
            }
            try (HeapAead aead = javaAead(icvLength)) {
                byte[] output = new byte[sealed.length];
                aead.process(true, nonce.clone(), associated, associated.length, plain, plain.length, output);
                assertThat(Arrays.equals(output, sealed)).as("%d", number).isEqualTo(valid);
            }
        }

        private HeapAead javaAead(int icvLength) {
            Secret secret = Secret.copyOf(key);
            if (!gcm) {
                return PlatformAead.chaCha20Poly1305(secret);
            }
            return icvLength < 12 ? BouncyCastleAead.gcm(secret, icvLength) : PlatformAead.gcm(secret, icvLength);
        }

        private void checkOpenSsl(int number, int icvLength, boolean valid) {
            String name = gcm ? "aes-" + key.length * Byte.SIZE + "-gcm" : "ChaCha20-Poly1305";
            try (Secret secret = Secret.copyOf(key);
                    SecretMemory memory = new SecretMemory();
                    EvpCipher sealing = EvpCipher.of(name, true, secret).orElseThrow();
                    EvpCipher opening = EvpCipher.of(name, false, secret).orElseThrow()) {
                MemorySegment text = memory.copyOf(sealed);
                begin(opening, memory, text);
                opening.expectIcv(text.address() + plain.length, icvLength);
                assertThat(opening.finish()).as("%d", number).isEqualTo(valid);
                if (valid) {
                    assertThat(octets(text.asSlice(0, plain.length))).isEqualTo(plain);
                }
                MemorySegment packet = memory.copyOf(Arrays.copyOf(plain, sealed.length));
                begin(sealing, memory, packet);
                assertThat(sealing.finish()).isTrue();
                sealing.writeIcv(packet.address() + plain.length, icvLength);
                assertThat(Arrays.equals(octets(packet), sealed))
                        .as("%d", number)
                        .isEqualTo(valid);
            }
        }

        private void begin(EvpCipher cipher, SecretMemory memory, MemorySegment text) {
            cipher.begin(memory.copyOf(nonce).address());
            cipher.associate(memory.copyOf(associated).address(), associated.length);
            cipher.process(text.address(), plain.length);
        }

        private static byte[] octets(MemorySegment segment) {
            return segment.toArray(ValueLayout.JAVA_BYTE);
        }
    }
}
