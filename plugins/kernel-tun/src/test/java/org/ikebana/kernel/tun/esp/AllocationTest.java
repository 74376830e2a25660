package org.ikebana.kernel.tun.esp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On the data path nothing is allocated. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int PACKETS = 100_000;
    private static final int PAYLOAD = 300;
    /** Of the measurement and of a compilation that ends meanwhile, in octets. */
    private static final long TOLERANCE = 4096;

    static Stream<Suite> suites() {
        return Stream.of(
                Suite.of(EncrId.AES_GCM_16, 256),
                Suite.of(EncrId.CHACHA20_POLY1305, 0),
                Suite.of(EncrId.AES_CBC, 256, IntegId.HMAC_SHA2_256_128),
                Suite.of(EncrId.AES_CTR, 128, IntegId.AES_CMAC_96));
    }

    @ParameterizedTest
    @MethodSource("suites")
    void packetsAllocateNothing(Suite suite) {
        EspCiphers ciphers = LibCryptoPresent.ciphers();
        ByteBuffer out = ByteBuffer.allocateDirect(1024);
        ByteBuffer in = ByteBuffer.allocateDirect(1024);
        try (EspCipher cipher = suite.cipher(ciphers)) {
            run(cipher, out, in, 1); // compiles
            long before = THREADS.getCurrentThreadAllocatedBytes();
            run(cipher, out, in, 1L << 32);
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(TOLERANCE);
        }
    }

    @Test
    void numbersAllocateNothing() {
        OutboundSequence sequence = new OutboundSequence(true);
        ReplayWindow window = new ReplayWindow(1000, true);
        number(sequence, window);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        number(sequence, window);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(TOLERANCE);
    }

    private static void run(EspCipher cipher, ByteBuffer out, ByteBuffer in, long first) {
        for (int i = 0; i < PACKETS; i++) {
            int length = cipher.seal(out, 64, 1, first + i, PAYLOAD, 4);
            in.put(0, out, 64, length);
            if (cipher.open(in, 0, length, first + i) != (4 << 16 | PAYLOAD)) {
                throw new AssertionError("packet " + i);
            }
        }
    }

    private static void number(OutboundSequence sequence, ReplayWindow window) {
        for (int i = 0; i < PACKETS; i++) {
            long number = window.sequence((int) sequence.next());
            if (!window.accepts(number) || !window.record(number)) {
                throw new AssertionError("number " + number);
            }
        }
    }
}
