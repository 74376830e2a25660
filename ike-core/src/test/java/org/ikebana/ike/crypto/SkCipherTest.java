package org.ikebana.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SkCipherTest {
    /** IKE header and the generic header of the SK payload. */
    private static final int BODY_OFFSET = 32;

    private static final CryptoRegistry REGISTRY = CryptoRegistry.standard();
    private static final SecureRandom RANDOM = new SecureRandom();

    /** An encryption algorithm, its key length in bits and an integrity algorithm, 0 for none. */
    record SuiteCase(int encryption, int keyBits, int integrity) {
        SkCipher cipher(int seed) {
            Encryption algorithm = REGISTRY.encryption(encryption, keyBits).orElseThrow();
            @Nullable Integrity mac = REGISTRY.integrity(integrity).orElse(null);
            return REGISTRY.skCipher(
                    algorithm, mac, key(algorithm.keyLength(), seed), key(mac == null ? 0 : mac.keyLength(), seed));
        }

        private static Secret key(int length, int seed) {
            byte[] key = new byte[length];
            for (int i = 0; i < length; i++) {
                key[i] = (byte) (seed + i);
            }
            return Secret.wrap(key);
        }
    }

    static final List<SuiteCase> SUITES = List.of(
            new SuiteCase(EncrId.AES_CBC, 128, IntegId.HMAC_SHA1_96),
            new SuiteCase(EncrId.AES_CBC, 256, IntegId.HMAC_SHA2_256_128),
            new SuiteCase(EncrId.AES_CBC, 192, IntegId.HMAC_SHA2_384_192),
            new SuiteCase(EncrId.AES_CBC, 256, IntegId.HMAC_SHA2_512_256),
            new SuiteCase(EncrId.AES_CBC, 128, IntegId.AES_XCBC_96),
            new SuiteCase(EncrId.AES_CBC, 128, IntegId.AES_CMAC_96),
            new SuiteCase(EncrId.DES_EDE3_CBC, 0, IntegId.HMAC_MD5_96),
            new SuiteCase(EncrId.CAMELLIA_CBC, 256, IntegId.HMAC_SHA1_160),
            new SuiteCase(EncrId.AES_CTR, 256, IntegId.HMAC_SHA2_256_128),
            new SuiteCase(EncrId.AES_GCM_8, 128, IntegId.NONE),
            new SuiteCase(EncrId.AES_GCM_12, 192, IntegId.NONE),
            new SuiteCase(EncrId.AES_GCM_16, 256, IntegId.NONE),
            new SuiteCase(EncrId.AES_CCM_8, 128, IntegId.NONE),
            new SuiteCase(EncrId.AES_CCM_16, 256, IntegId.NONE),
            new SuiteCase(EncrId.CHACHA20_POLY1305, 0, IntegId.NONE));

    @ParameterizedTest
    @FieldSource("SUITES")
    void opensWhatItSealed(SuiteCase suite) {
        try (SkCipher sender = suite.cipher(1);
                SkCipher receiver = suite.cipher(1)) {
            for (int length : new int[] {0, 1, 7, 15, 16, 17, 255, 300, 65_000}) {
                byte[] plain = pattern(length);
                byte[] message = sealed(sender, plain);
                byte[] received = message.clone();
                assertThat(receiver.open(received, BODY_OFFSET)).isEqualTo(plain);
                assertThat(received).as("the message is left alone").isEqualTo(message);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("SUITES")
    void refusesEveryChangedOctetAndStillOpensTheGenuineOne(SuiteCase suite) {
        try (SkCipher sender = suite.cipher(1);
                SkCipher receiver = suite.cipher(1)) {
            byte[] message = sealed(sender, pattern(37));
            for (int i = 0; i < message.length; i++) {
                byte[] changed = message.clone();
                changed[i] ^= (byte) (1 << i % 8);
                assertThat(receiver.open(changed, BODY_OFFSET))
                        .as("octet %d changed", i)
                        .isNull();
            }
            assertThat(receiver.open(message, BODY_OFFSET)).isEqualTo(pattern(37));
            assertThat(receiver.open(message, BODY_OFFSET)).as("once more").isEqualTo(pattern(37));
        }
    }

    @ParameterizedTest
    @FieldSource("SUITES")
    void refusesEveryTruncation(SuiteCase suite) {
        try (SkCipher sender = suite.cipher(1);
                SkCipher receiver = suite.cipher(1)) {
            byte[] message = sealed(sender, pattern(20));
            for (int length = 0; length < message.length; length++) {
                assertThat(receiver.open(Arrays.copyOf(message, length), BODY_OFFSET))
                        .as("cut to %d octets", length)
                        .isNull();
            }
            assertThat(receiver.open(Arrays.copyOf(message, message.length + 1), BODY_OFFSET))
                    .isNull();
        }
    }

    @ParameterizedTest
    @FieldSource("SUITES")
    void refusesAnotherKey(SuiteCase suite) {
        try (SkCipher sender = suite.cipher(1);
                SkCipher receiver = suite.cipher(2)) {
            assertThat(receiver.open(sealed(sender, pattern(20)), BODY_OFFSET)).isNull();
        }
    }

    @ParameterizedTest
    @FieldSource("SUITES")
    void noInitializationVectorComesTwice(SuiteCase suite) {
        int ivLength = REGISTRY.encryption(suite.encryption(), suite.keyBits())
                .orElseThrow()
                .ivLength();
        Set<String> seen = new HashSet<>();
        try (SkCipher one = suite.cipher(1);
                SkCipher other = suite.cipher(1)) {
            for (int i = 0; i < 300; i++) {
                assertThat(seen.add(iv(sealed(one, pattern(1)), ivLength))).isTrue();
                assertThat(seen.add(iv(sealed(other, pattern(1)), ivLength)))
                        .as("of a second cipher of the same key")
                        .isTrue();
            }
        }
    }

    @Test
    void counterInitializationVectorsCountByOne() {
        try (SkCipher cipher = new SuiteCase(EncrId.AES_GCM_16, 128, IntegId.NONE).cipher(1)) {
            long first = Long.parseUnsignedLong(iv(sealed(cipher, pattern(1)), 8), 16);
            long second = Long.parseUnsignedLong(iv(sealed(cipher, pattern(1)), 8), 16);
            assertThat(second).isEqualTo(first + 1);
        }
    }

    @ParameterizedTest
    @FieldSource("SUITES")
    void aClosedCipherDoesNothing(SuiteCase suite) {
        SkCipher cipher = suite.cipher(1);
        byte[] message = sealed(cipher, pattern(20));
        cipher.close();
        assertThatIllegalStateException().isThrownBy(() -> sealed(cipher, pattern(20)));
        assertThatIllegalStateException().isThrownBy(() -> cipher.open(message, BODY_OFFSET));
    }

    @Test
    void theBodyMustEndTheMessage() {
        try (SkCipher cipher = new SuiteCase(EncrId.AES_GCM_16, 128, IntegId.NONE).cipher(1)) {
            byte[] tooLong = new byte[BODY_OFFSET + cipher.bodyLength(3) + 1];
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cipher.seal(tooLong, BODY_OFFSET, new byte[3], RANDOM));
        }
    }

    @Test
    void acceptsPaddingOfAnyLengthAndContent() {
        try (PacketSkCipher cipher =
                (PacketSkCipher) new SuiteCase(EncrId.AES_CBC, 128, IntegId.HMAC_SHA2_256_128).cipher(1)) {
            byte[] message = messageOfText(64, 16);
            Arrays.fill(message, BODY_OFFSET + 16 + 4, BODY_OFFSET + 16 + 63, (byte) 0xa5);
            message[BODY_OFFSET + 16 + 63] = 59;
            cipher.sealInPlace(message, BODY_OFFSET);
            assertThat(cipher.open(message, BODY_OFFSET)).isEqualTo(new byte[4]);
        }
    }

    @Test
    void refusesMorePaddingThanThereIsText() {
        try (PacketSkCipher cipher =
                (PacketSkCipher) new SuiteCase(EncrId.AES_CBC, 128, IntegId.HMAC_SHA2_256_128).cipher(1)) {
            byte[] message = messageOfText(16, 16);
            message[BODY_OFFSET + 16 + 15] = 16;
            cipher.sealInPlace(message, BODY_OFFSET);
            assertThat(cipher.open(message, BODY_OFFSET)).isNull();
            byte[] allPadding = messageOfText(16, 16);
            allPadding[BODY_OFFSET + 16 + 15] = 15;
            cipher.sealInPlace(allPadding, BODY_OFFSET);
            assertThat(cipher.open(allPadding, BODY_OFFSET)).isEmpty();
        }
    }

    /** With an IV and {@code textLength} octets of zero text, and room for a check value of 16. */
    private static byte[] messageOfText(int textLength, int ivLength) {
        return new byte[BODY_OFFSET + ivLength + textLength + 16];
    }

    private static byte[] sealed(SkCipher cipher, byte[] plain) {
        byte[] message = pattern(BODY_OFFSET + cipher.bodyLength(plain.length));
        cipher.seal(message, BODY_OFFSET, plain, RANDOM);
        return message;
    }

    private static String iv(byte[] message, int length) {
        return Hex.text(Arrays.copyOfRange(message, BODY_OFFSET, BODY_OFFSET + length));
    }

    private static byte[] pattern(int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) (i * 7 + 3);
        }
        return octets;
    }
}
