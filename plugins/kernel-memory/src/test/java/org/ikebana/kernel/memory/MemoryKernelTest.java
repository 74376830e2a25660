package org.ikebana.kernel.memory;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelBackendContract;
import org.ikebana.ike.kernel.KernelBench;
import org.ikebana.ike.kernel.TestPacket;
import org.ikebana.kernel.model.KernelOptions;
import org.ikebana.kernel.model.VirtualClock;
import org.junit.jupiter.api.AfterEach;

/** The model keeps the contract of every backend, in virtual time. */
class MemoryKernelTest implements KernelBackendContract {
    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Override
    public KernelBench bench() {
        return bench;
    }

    private static final class Bench implements KernelBench {
        private final VirtualClock clock = new VirtualClock();
        private final MemoryKernel kernel = new MemoryKernel(
                clock,
                new Random(1),
                KernelOptions.DEFAULT,
                new UdpTransports(List.of(
                        InetAddress.ofLiteral("127.0.0.1"),
                        InetAddress.ofLiteral("127.0.0.2"),
                        InetAddress.ofLiteral("::1"))));
        private final List<KernelBackend> reopened = new ArrayList<>();

        @Override
        public KernelBackend backend() {
            return kernel;
        }

        @Override
        public KernelBackend reopen() {
            KernelBackend again = kernel.reopen();
            reopened.add(again);
            return again;
        }

        @Override
        public void leave(TestPacket packet) {
            kernel.packetOut(new IpPacket.Clear(
                    packet.source(),
                    packet.destination(),
                    packet.protocol(),
                    packet.sourcePort(),
                    packet.destinationPort(),
                    packet.mark(),
                    0,
                    100));
        }

        @Override
        public void advance(Duration time) {
            clock.advance(time);
        }

        @Override
        public Duration larvalLifetime() {
            return KernelOptions.DEFAULT.larvalLifetime();
        }

        @Override
        public void close() {
            reopened.forEach(KernelBackend::close);
            kernel.close();
        }
    }
}
