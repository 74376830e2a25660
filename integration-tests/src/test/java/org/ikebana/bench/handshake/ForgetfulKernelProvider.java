package org.ikebana.bench.handshake;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.ikebana.ike.kernel.DatagramReceiver;
import org.ikebana.ike.kernel.IkeTransport;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelBackendProvider;
import org.ikebana.ike.kernel.KernelCapabilities;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelListener;
import org.ikebana.ike.kernel.KernelSnapshot;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaUsage;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.SpiRequest;
import org.ikebana.ike.kernel.TransportConfig;
import org.ikebana.kernel.memory.MemoryKernelProvider;

/**
 * Stands in for the backend {@code memory}: says yes to all and keeps nothing of it, as the fake kernel of strongSwan's load-tester does, so
 * that what a daemon needs is compared without a kernel's share. IKE goes over the sockets of the one it stands in for.
 */
public final class ForgetfulKernelProvider implements KernelBackendProvider {
    @Override
    public String name() {
        return "memory";
    }

    @Override
    public KernelBackend open(Map<String, String> options) throws KernelException {
        return new ForgetfulKernel(new MemoryKernelProvider().open(options));
    }

    private record ForgetfulKernel(KernelBackend sockets, AtomicInteger lastSpi) implements KernelBackend {
        /** Those below are reserved (RFC 4303 2.1). */
        private static final int LAST_RESERVED = 0xff;

        ForgetfulKernel(KernelBackend sockets) {
            this(sockets, new AtomicInteger(LAST_RESERVED));
        }

        @Override
        public KernelCapabilities capabilities() {
            return new KernelCapabilities(true, "", false, "forgets what it is told");
        }

        @Override
        public Spi allocateSpi(SpiRequest request) {
            return new Spi(lastSpi.incrementAndGet());
        }

        @Override
        public void apply(KernelUpdate update) {}

        @Override
        public Optional<SaUsage> usage(SaKey key) {
            return Optional.empty();
        }

        @Override
        public KernelSnapshot snapshot() {
            return new KernelSnapshot(List.of(), List.of());
        }

        @Override
        public void listen(KernelListener listener) {}

        @Override
        public IkeTransport openTransport(TransportConfig config, DatagramReceiver receiver) throws IOException {
            return sockets.openTransport(config, receiver);
        }

        @Override
        public void close() {
            sockets.close();
        }
    }
}
