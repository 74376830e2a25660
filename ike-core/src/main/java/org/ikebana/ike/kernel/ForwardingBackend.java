package org.ikebana.ike.kernel;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Stands before another backend, and does itself only what it overrides. */
public interface ForwardingBackend extends KernelBackend {
    /** The one behind. */
    KernelBackend kernel();

    @Override
    default KernelCapabilities capabilities() {
        return kernel().capabilities();
    }

    @Override
    default List<KernelFeature> features() throws KernelException {
        return kernel().features();
    }

    @Override
    default Spi allocateSpi(SpiRequest request) throws KernelException {
        return kernel().allocateSpi(request);
    }

    @Override
    default void apply(KernelUpdate update) throws KernelException {
        kernel().apply(update);
    }

    @Override
    default Optional<SaUsage> usage(SaKey key) throws KernelException {
        return kernel().usage(key);
    }

    @Override
    default KernelSnapshot snapshot() throws KernelException {
        return kernel().snapshot();
    }

    @Override
    default void listen(KernelListener listener) {
        kernel().listen(listener);
    }

    @Override
    default IkeTransport openTransport(TransportConfig config, DatagramReceiver receiver) throws IOException {
        return kernel().openTransport(config, receiver);
    }

    @Override
    default void close() {
        kernel().close();
    }
}
