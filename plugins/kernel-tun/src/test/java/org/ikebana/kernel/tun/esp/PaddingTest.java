package org.ikebana.kernel.tun.esp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trailers of genuine packets (RFC 4303 2.4 to 2.6): what stands there decides. */
class PaddingTest {
    private static final int IV_LENGTH = 8;
    private static final int ICV_LENGTH = 16;

    /** Text, and what opening tells: -1 or the payload's length. */
    @ParameterizedTest
    @CsvSource({
        "aabbccdd01020204, 4",
        "aabbcc000000, 4",
        "0006, 0",
        "aa00, -1",
        "010000, 1",
        "aabb030106, -1",
        "aabb010106, 2",
        "aabb020206, -1",
        "aabb01030206, -1",
        "aabb01020206, 2",
        "0102030405060708090a0a06, 0",
        "02030405060708090a0b0a06, -1",
        "ff06, -1",
        "0106, -1",
        "010106, 0"
    })
    void decides(String text, int payloadLength) {
        byte[] octets = HexFormat.of().parseHex(text);
        int length = EspCipher.HEADER_LENGTH + IV_LENGTH + octets.length + ICV_LENGTH;
        ByteBuffer memory = ByteBuffer.allocateDirect(length).put(EspCipher.HEADER_LENGTH + IV_LENGTH, octets);
        try (EspCipher cipher = new FramedEspCipher(new Genuine(), IV_LENGTH, ICV_LENGTH, 1)) {
            int nextHeader = octets[octets.length - 1] & 0xff;
            assertThat(cipher.open(memory, 0, length, 0))
                    .isEqualTo(payloadLength < 0 ? -1 : nextHeader << 16 | payloadLength);
        }
    }

    /** Takes all. */
    private static final class Genuine implements Protection {
        @Override
        public void protect(ByteBuffer memory, int at, int textLength, long sequence) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean unprotect(ByteBuffer memory, int at, int textLength, long sequence) {
            return true;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
