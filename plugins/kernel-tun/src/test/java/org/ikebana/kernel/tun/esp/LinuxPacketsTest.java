package org.ikebana.kernel.tun.esp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Packets that Linux 6.1 sealed: a datagram in transport mode, recorded where it left the machine, each with another SA.
 * Encryption keys are the octets 1, 2, 3 and so on, integrity keys 65, 66, 67; extended numbers were in their sixth
 * subspace.
 */
class LinuxPacketsTest {
    private static final String DATAGRAM = "13881389001d562a000102030405060708090a0b0c0d0e0f1011121314";
    private static final int UDP = 17;
    private static final long LOW = 42;
    private static final long HIGH = 5L << 32;
    private static final int MAX_INTEGRITY_KEY = 64;

    @ParameterizedTest
    @CsvFileSource(resources = "linux-packets.csv", numLinesToSkip = 1)
    void open(String name, String packet) {
        Suite suite = Suite.all()
                .filter(candidate -> candidate.toString().equals(name))
                .findFirst()
                .orElseThrow();
        byte[] octets = HexFormat.of().parseHex(packet);
        long sequence = suite.extended() ? HIGH + LOW : LOW;
        for (EspCiphers ciphers : LibCryptoPresent.andPortable()) {
            byte[] key = counting(1, suite.encryption().keyLength());
            try (EspCipher cipher = suite.cipher(ciphers, key, counting(65, MAX_INTEGRITY_KEY))) {
                ByteBuffer memory = ByteBuffer.allocateDirect(octets.length).put(0, octets);
                assertThat(cipher.open(memory, 0, octets.length, sequence))
                        .as(ciphers.description())
                        .isEqualTo(UDP << 16 | DATAGRAM.length() / 2);
                byte[] payload = new byte[DATAGRAM.length() / 2];
                memory.get(cipher.payloadOffset(), payload);
                assertThat(HexFormat.of().formatHex(payload)).isEqualTo(DATAGRAM);
                memory.put(0, octets);
                assertThat(cipher.open(memory, 0, octets.length, sequence ^ 1L << 32))
                        .isEqualTo(suite.extended() ? -1 : UDP << 16 | DATAGRAM.length() / 2);
                assertThat(cipher.sealedLength(payload.length)).isEqualTo(octets.length);
            }
        }
    }

    private static byte[] counting(int first, int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) (first + i);
        }
        return octets;
    }
}
