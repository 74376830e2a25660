package org.ikebana.simulation;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.ikebana.ike.kernel.DatagramReceiver;
import org.ikebana.ike.kernel.IkeTransport;
import org.ikebana.ike.kernel.KernelBackend;
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

/** A kernel of which a test sees what it has done. */
record WatchedKernel(KernelBackend kernel, Consumer<KernelUpdate> watcher) implements KernelBackend {
    @Override
    public KernelCapabilities capabilities() {
        return kernel.capabilities();
    }

    @Override
    public Spi allocateSpi(SpiRequest request) throws KernelException {
        return kernel.allocateSpi(request);
    }

    @Override
    public void apply(KernelUpdate update) throws KernelException {
        kernel.apply(update);
        watcher.accept(update);
    }

    @Override
    public Optional<SaUsage> usage(SaKey key) throws KernelException {
        return kernel.usage(key);
    }

    @Override
    public KernelSnapshot snapshot() throws KernelException {
        return kernel.snapshot();
    }

    @Override
    public void listen(KernelListener listener) {
        kernel.listen(listener);
    }

    @Override
    public IkeTransport openTransport(TransportConfig config, DatagramReceiver receiver) throws IOException {
        return kernel.openTransport(config, receiver);
    }

    @Override
    public void close() {
        kernel.close();
    }
}
