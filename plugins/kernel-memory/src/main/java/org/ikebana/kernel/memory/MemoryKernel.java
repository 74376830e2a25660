package org.ikebana.kernel.memory;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ikebana.ike.kernel.DatagramReceiver;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.IkeTransport;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelCapabilities;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelListener;
import org.ikebana.ike.kernel.KernelSnapshot;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaUsage;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.SpiRequest;
import org.ikebana.ike.kernel.TransportConfig;

/**
 * A kernel in memory: for its engine a {@link KernelBackend}, for the test that drives it a machine that packets leave and
 * reach. Events come on the clock's thread. Thread-safe.
 *
 * <p>The driver's calls ({@link #packetOut} and below) go on working after {@link #close()}, as a kernel goes on without
 * its daemon.
 */
public final class MemoryKernel implements KernelBackend {
    private final KernelModel model;
    private final TransportFactory transports;
    private final EventQueue events;
    private final Runnable atClose;

    /** @param random where SPIs come from */
    public MemoryKernel(
            MemoryClock clock, RandomGenerator random, MemoryKernelOptions options, TransportFactory transports) {
        this(new KernelModel(clock, random, options), transports, () -> {});
    }

    /** @param atClose runs when the backend has been closed */
    MemoryKernel(KernelModel model, TransportFactory transports, Runnable atClose) {
        this.model = model;
        this.transports = transports;
        this.events = model.events().attach();
        this.atClose = atClose;
    }

    /** A further backend on the same kernel: what a daemon that starts again opens. */
    public MemoryKernel reopen() {
        return new MemoryKernel(model, transports, () -> {});
    }

    @Override
    public KernelCapabilities capabilities() {
        boolean esp = model.options().esp();
        return new KernelCapabilities(
                esp, esp ? "" : "this model was made without ESP", false, "a model of Linux in memory");
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
            throw new IOException("The memory kernel's backend has been closed");
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

    /** A packet of this machine, or one that it forwards, wants to leave. */
    public OutboundVerdict packetOut(IpPacket.Clear packet) {
        return model.packetOut(packet);
    }

    /** A packet comes in for this machine itself. */
    public InboundVerdict packetIn(IpPacket packet) {
        return model.packetIn(packet, Direction.IN);
    }

    /** A packet comes in that will go on to a host behind this machine. */
    public InboundVerdict packetForwarded(IpPacket packet) {
        return model.packetIn(packet, Direction.FORWARD);
    }

    /** The complete SAs with their live keys, to compare the two ends of a tunnel; wiped when the SA goes. */
    public List<SecurityAssociation> installedSas() {
        return model.installedSas();
    }

    /** Local addresses or routes are different now, says the machine. */
    public void changeAddresses() {
        model.raise(new KernelEvent.AddressChanged());
    }

    /** What shall go wrong. */
    public KernelFaults faults() {
        return model.faults();
    }

    /** Removes all SAs and policies without a word, and wipes the keys: the machine starts again. */
    public void flush() {
        model.flush();
    }

    private void checkOpen() throws KernelException {
        if (events.isClosed()) {
            throw new KernelException(
                    "memory kernel", 0, "the backend has been closed: open another one", Optional.empty());
        }
    }
}
