package org.ikebana.kernel.tun.esp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.Stream;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that was not sealed opens, and nothing at all throws. */
class HostilePacketTest {
    private static final int REFUSED = -1;
    private static final int RANDOM_PACKETS = 100_000;
    private static final long SEQUENCE = 0x3_0000_0004L;

    record Subject(EspCiphers ciphers, Suite suite) {
        @Override
        public String toString() {
            return suite + " by " + ciphers.description();
        }
    }

    static Stream<Subject> all() {
        return LibCryptoPresent.andPortable().stream()
                .flatMap(ciphers -> Suite.all().map(suite -> new Subject(ciphers, suite)));
    }

    static Stream<Subject> some() {
        return LibCryptoPresent.andPortable().stream()
                .flatMap(ciphers -> Stream.of(
                                Suite.of(EncrId.AES_GCM_16, 256),
                                Suite.of(EncrId.AES_CCM_8, 128),
                                Suite.of(EncrId.CHACHA20_POLY1305, 0),
                                Suite.of(EncrId.AES_CBC, 256, IntegId.HMAC_SHA2_256_128),
                                Suite.of(EncrId.AES_CTR, 128, IntegId.AES_XCBC_96),
                                Suite.of(EncrId.NULL, 0, IntegId.HMAC_SHA1_96))
                        .map(suite -> new Subject(ciphers, suite)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void noBitMayChange(Subject subject) {
        try (EspCipher cipher = subject.suite.cipher(subject.ciphers)) {
            byte[] packet = sealed(cipher, 5);
            ByteBuffer memory = ByteBuffer.allocateDirect(packet.length);
            for (int bit = 0; bit < packet.length * Byte.SIZE; bit++) {
                memory.put(0, packet);
                int at = bit / Byte.SIZE;
                memory.put(at, (byte) (packet[at] ^ 1 << bit % Byte.SIZE));
                assertThat(cipher.open(memory, 0, packet.length, SEQUENCE))
                        .as("bit %d", bit)
                        .isEqualTo(REFUSED);
            }
            memory.put(0, packet);
            assertThat(cipher.open(memory, 0, packet.length, SEQUENCE)).isEqualTo(4 << 16 | 5);
        }
    }

    /** Without extended numbers nothing but the packet's own half counts. */
    @ParameterizedTest
    @MethodSource("all")
    void theUpperHalfIsAuthenticated(Subject subject) {
        try (EspCipher cipher = subject.suite.cipher(subject.ciphers)) {
            byte[] packet = sealed(cipher, 20);
            ByteBuffer memory = ByteBuffer.allocateDirect(packet.length).put(0, packet);
            int opened = cipher.open(memory, 0, packet.length, SEQUENCE + (1L << 32));
            assertThat(opened).isEqualTo(subject.suite.extended() ? REFUSED : 4 << 16 | 20);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void noOctetMayBeMissing(Subject subject) {
        try (EspCipher cipher = subject.suite.cipher(subject.ciphers)) {
            byte[] packet = sealed(cipher, 100);
            ByteBuffer memory = ByteBuffer.allocateDirect(packet.length);
            for (int length = 0; length < packet.length; length++) {
                memory.put(0, packet);
                assertThat(cipher.open(memory, 0, length, SEQUENCE))
                        .as("%d octets", length)
                        .isEqualTo(REFUSED);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("some")
    void randomPacketsDoNotOpen(Subject subject) {
        Random random = new Random(11);
        try (EspCipher cipher = subject.suite.cipher(subject.ciphers)) {
            byte[] octets = new byte[256];
            ByteBuffer memory = ByteBuffer.allocateDirect(octets.length);
            for (int i = 0; i < RANDOM_PACKETS; i++) {
                random.nextBytes(octets);
                memory.put(0, octets);
                int length = random.nextInt(octets.length + 1);
                long sequence = random.nextInt(4) == 0
                        ? random.nextLong()
                        : Integer.toUnsignedLong(memory.getInt(Integer.BYTES)) | random.nextLong(4) << 32;
                assertThat(cipher.open(memory, 0, length, sequence)).isEqualTo(REFUSED);
            }
        }
    }

    private static byte[] sealed(EspCipher cipher, int payloadLength) {
        ByteBuffer memory = ByteBuffer.allocateDirect(cipher.sealedLength(payloadLength));
        byte[] packet = new byte[cipher.seal(memory, 0, 0x1234_5678, SEQUENCE, payloadLength, 4)];
        memory.get(0, packet);
        return packet;
    }
}
