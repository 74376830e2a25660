package org.ikebana.kernel.tun.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 10_000;
    private static final int WARM_UP = 20_000;

    /** What remains now and then is the compiler's and the virtual machine's. */
    private static final long NOISE = 4096;

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 1400, true", "::1, 1400, true", "127.0.0.1, 40, false", "::1, 13, true"})
    void sendingAndReceivingAllocatesNothing(String ip, int segment, boolean dontFragment) throws Exception {
        try (UdpEnds ends = UdpEnds.openIdle()) {
            Run run = Run.of(3 * segment, segment, 1);
            EspPath path = ends.path(ip, ip, dontFragment);
            exchange(ends, run, path, WARM_UP);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            long runs = exchange(ends, run, path, ROUNDS);
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(NOISE);
            assertThat(runs).isGreaterThanOrEqualTo(ROUNDS);
        }
    }

    private static long exchange(UdpEnds ends, Run run, EspPath path, int rounds) throws Exception {
        EspSender sender = ends.left().sender(0);
        EspReceiver receiver = ends.right().receiver(0);
        long runs = 0;
        for (int round = 0; round < rounds; round++) {
            sender.add(path, round & 0xff, run.memory(), 0, run.length(), run.segment());
            sender.add(path, 0, run.memory(), 0, run.length(), run.segment());
            sender.flush();
            for (long taken = 0; taken < 2L * run.packets(); ) {
                receiver.await();
                int count = receiver.receive();
                for (int i = 0; i < count; i++) {
                    taken += (receiver.length(i) + receiver.segment(i) - 1) / receiver.segment(i);
                }
                runs += count;
            }
        }
        return runs;
    }
}
