package org.ikebana.kernel.tun.esp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What OpenSSL seals, Java opens, and the other way round. */
class CrossTest {
    private static final int ROOM = 1600;
    private static final int AT = 12;
    private static final long SEQUENCE = 0x0000_0012_ffff_ff00L;
    private static final int IPV6 = 41;

    static Stream<Suite> suites() {
        return Suite.all();
    }

    @ParameterizedTest
    @MethodSource("suites")
    void agree(Suite suite) {
        Random random = new Random(7);
        try (EspCipher openSsl = suite.cipher(LibCryptoPresent.ciphers());
                EspCipher java = suite.cipher(EspCiphers.portable())) {
            IntStream.concat(IntStream.rangeClosed(0, 70), IntStream.of(1400)).forEach(length -> {
                byte[] payload = Suite.octets(random, length);
                long sequence = SEQUENCE + length * 7L;
                ByteBuffer there = sealed(openSsl, payload, sequence);
                ByteBuffer back = sealed(java, payload, sequence);
                assertThat(there.equals(back)).isEqualTo(suite.isDeterministic());
                assertOpens(java, there, payload, sequence);
                assertOpens(openSsl, back, payload, sequence);
            });
        }
    }

    private static ByteBuffer sealed(EspCipher cipher, byte[] payload, long sequence) {
        ByteBuffer memory = ByteBuffer.allocateDirect(ROOM);
        memory.put(AT + cipher.payloadOffset(), payload);
        int length = cipher.seal(memory, AT, 0xc0ffee01, sequence, payload.length, IPV6);
        assertThat(length).isEqualTo(cipher.sealedLength(payload.length));
        assertThat(cipher.payloadRoom(length)).isBetween(payload.length, payload.length + cipher.alignment() - 1);
        assertThat(memory.getInt(AT)).isEqualTo(0xc0ffee01);
        assertThat(memory.getInt(AT + 4)).isEqualTo((int) sequence);
        assertThat((length - cipher.payloadOffset() - cipher.icvLength()) % cipher.alignment())
                .isZero();
        assertThat(memory.slice(0, AT)).as("before").isEqualTo(ByteBuffer.allocate(AT));
        int end = AT + length;
        assertThat(memory.slice(end, ROOM - end)).as("behind").isEqualTo(ByteBuffer.allocate(ROOM - end));
        return memory.slice(AT, length);
    }

    private static void assertOpens(EspCipher cipher, ByteBuffer packet, byte[] payload, long sequence) {
        ByteBuffer memory = ByteBuffer.allocateDirect(packet.limit());
        memory.put(0, packet, 0, packet.limit());
        assertThat(cipher.open(memory, 0, packet.limit(), sequence)).isEqualTo(IPV6 << 16 | payload.length);
        assertThat(memory.slice(cipher.payloadOffset(), payload.length)).isEqualTo(ByteBuffer.wrap(payload));
    }
}
