package org.ikebana.kernel.model;

import java.io.IOException;
import java.util.Optional;
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

/** One key manager's access to a {@link KernelModel}. Thread-safe. */
public final class ModelBackend implements KernelBackend {
    private final KernelModel model;
    private final KernelCapabilities capabilities;
    private final TransportFactory transports;
    private final Runnable atClose;
    private final EventQueue events;

    /** @param atClose runs when the backend has been closed */
    public ModelBackend(
            KernelModel model, KernelCapabilities capabilities, TransportFactory transports, Runnable atClose) {
        this.model = model;
        this.capabilities = capabilities;
        this.transports = transports;
        this.atClose = atClose;
        this.events = model.events().attach();
    }

    @Override
    public KernelCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public Spi allocateSpi(SpiRequest request) throws KernelException {
        checkOpen();
        return model.allocateSpi(request);
    }

    @Override
    public void apply(KernelUpdate update) throws KernelException {
        checkOpen();
        model.apply(update);
    }

    @Override
    public Optional<SaUsage> usage(SaKey key) throws KernelException {
        checkOpen();
        return model.usage(key);
    }

    @Override
    public KernelSnapshot snapshot() throws KernelException {
        checkOpen();
        return model.snapshot();
    }

    @Override
    public void listen(KernelListener listener) {
        events.listen(listener);
    }

    @Override
    public IkeTransport openTransport(TransportConfig config, DatagramReceiver receiver) throws IOException {
        if (events.isClosed()) {
            throw new IOException(closed());
        }
        return transports.open(config, receiver);
    }

    @Override
    public void close() {
        if (!events.isClosed()) {
            model.events().detach(events);
            atClose.run();
        }
    }

    private void checkOpen() throws KernelException {
        if (events.isClosed()) {
            throw new KernelException(capabilities.description(), 0, closed(), Optional.empty());
        }
    }

    private static String closed() {
        return "the backend has been closed: open another one";
    }
}
