package org.ikebana.kernel.tun;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Random;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.kernel.model.KernelOptions;
import org.ikebana.kernel.model.VirtualClock;
import org.ikebana.kernel.tun.device.MemoryDevice;
import org.ikebana.kernel.tun.esp.EspCiphers;
import org.ikebana.kernel.tun.plane.Addresses;
import org.ikebana.kernel.tun.plane.ProtectedPrefixes;
import org.ikebana.kernel.tun.plane.Workers;
import org.ikebana.kernel.tun.wire.MemoryWire;

/** Two data planes joined by a wire in memory; packets move when the test says so. */
final class TwoKernels implements AutoCloseable {
    final VirtualClock clock = new VirtualClock();
    final End left;
    final End right;

    TwoKernels() {
        MemoryWire.Pair wire = MemoryWire.connect();
        left = new End(clock, wire.left(), 1);
        right = new End(clock, wire.right(), 2);
    }

    /** Moves packets until nothing moves any more. */
    void settle() throws IOException {
        boolean moved = true;
        while (moved) {
            moved = left.kernel.workers().work() | right.kernel.workers().work();
        }
    }

    @Override
    public void close() {
        left.close();
        right.close();
    }

    /** One machine. */
    static final class End implements AutoCloseable {
        final MemoryDevice device = new MemoryDevice("memory0", 1400, 1);
        final MemoryWire wire;
        final TunKernel kernel;
        final KernelBackend backend;
        private List<InetAddress> own = List.of();

        private End(VirtualClock clock, MemoryWire wire, int seed) {
            this.wire = wire;
            this.kernel = new TunKernel(
                    clock,
                    new Random(seed),
                    KernelOptions.DEFAULT,
                    EspCiphers.best(),
                    new TunKernel.Ports(
                            device,
                            List.of(new Workers.Port(wire.receiver(), wire.sender())),
                            (config, receiver) -> {
                                throw new IOException("there is no IKE here");
                            },
                            ProtectedPrefixes.NONE,
                            this::isOwn));
            this.backend = kernel.backend(() -> {});
        }

        /** The machine's own addresses: packets to others it forwards. */
        void has(InetAddress... addresses) {
            own = List.of(addresses);
        }

        @Override
        public void close() {
            backend.close();
            kernel.close();
            device.close();
        }

        private boolean isOwn(long high, long low) {
            return own.stream().anyMatch(a -> Addresses.high(a) == high && Addresses.low(a) == low);
        }
    }
}
