package org.ikebana.kernel.tun;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.ikebana.kernel.tun.device.MemoryDevice;
import org.ikebana.kernel.tun.esp.EspCiphers;
import org.ikebana.kernel.tun.plane.ProtectedPrefixes;
import org.ikebana.kernel.tun.plane.Workers;
import org.ikebana.kernel.tun.wire.EspSocketOptions;
import org.ikebana.kernel.tun.wire.EspSockets;
import org.junit.jupiter.api.AfterEach;

/** The data plane keeps the contract of every backend: packets and time in memory, UDP sockets real. */
class TunKernelTest implements KernelBackendContract {
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
        private final MemoryDevice device = new MemoryDevice("memory0", 1400, 1);
        private final EspSockets sockets = sockets();
        private final TunKernel kernel = new TunKernel(
                clock,
                new Random(1),
                KernelOptions.DEFAULT,
                EspCiphers.best(),
                new TunKernel.Ports(
                        device,
                        List.of(new Workers.Port(sockets.receiver(0), sockets.sender(0))),
                        sockets::openTransport,
                        ProtectedPrefixes.NONE,
                        (high, low) -> true));
        private final KernelBackend backend = kernel.backend(() -> {});
        private final List<KernelBackend> reopened = new ArrayList<>();

        Bench() {
            kernel.workers().startInbound();
        }

        @Override
        public KernelBackend backend() {
            return backend;
        }

        @Override
        public KernelBackend reopen() {
            KernelBackend again = kernel.backend(() -> {});
            reopened.add(again);
            return again;
        }

        @Override
        public void leave(TestPacket packet) throws IOException {
            device.inject(Packets.of(packet));
            kernel.workers().outbound().getFirst().work();
        }

        @Override
        public boolean seesMarks() {
            return false;
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
            backend.close();
            kernel.close();
            sockets.close();
            device.close();
        }

        private static EspSockets sockets() {
            try {
                return EspSockets.open(new EspSocketOptions(1, false, 0));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
