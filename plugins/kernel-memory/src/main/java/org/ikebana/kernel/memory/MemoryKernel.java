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
import org.ikebana.kernel.model.KernelClock;
import org.ikebana.kernel.model.KernelFaults;
import org.ikebana.kernel.model.KernelOptions;
import org.ikebana.kernel.model.ModelBackend;
import org.ikebana.kernel.model.TransportFactory;

/**
 * A kernel in memory: for its engine a {@link KernelBackend}, for the test that drives it a machine that packets leave and
 * reach. Events come on the clock's thread. Thread-safe.
 *
 * <p>The driver's calls ({@link #packetOut} and below) go on working after {@link #close()}, as a kernel goes on without
 * its daemon.
 */
public final class MemoryKernel implements KernelBackend {
    private final MemoryMachine machine;
    private final TransportFactory transports;
    private final ModelBackend backend;

    /** @param random where SPIs come from */
    public MemoryKernel(KernelClock clock, RandomGenerator random, KernelOptions options, TransportFactory transports) {
        this(new MemoryMachine(clock, random, options), transports, () -> {});
    }

    /** @param atClose runs when the backend has been closed */
    MemoryKernel(MemoryMachine machine, TransportFactory transports, Runnable atClose) {
        boolean esp = machine.model().options().esp();
        KernelCapabilities capabilities = new KernelCapabilities(
                esp, esp ? "" : "this model was made without ESP", false, "a model of Linux in memory");
        this.machine = machine;
        this.transports = transports;
        this.backend = new ModelBackend(machine.model(), capabilities, transports, atClose);
    }

    /** A further backend on the same kernel: what a daemon that starts again opens. */
    public MemoryKernel reopen() {
        return new MemoryKernel(machine, transports, () -> {});
    }

    @Override
    public KernelCapabilities capabilities() {
        return backend.capabilities();
    }

    @Override
    public Spi allocateSpi(SpiRequest request) throws KernelException {
        return backend.allocateSpi(request);
    }

    @Override
    public void apply(KernelUpdate update) throws KernelException {
        backend.apply(update);
    }

    @Override
    public Optional<SaUsage> usage(SaKey key) throws KernelException {
        return backend.usage(key);
    }

    @Override
    public KernelSnapshot snapshot() throws KernelException {
        return backend.snapshot();
    }

    @Override
    public void listen(KernelListener listener) {
        backend.listen(listener);
    }

    @Override
    public IkeTransport openTransport(TransportConfig config, DatagramReceiver receiver) throws IOException {
        return backend.openTransport(config, receiver);
    }

    @Override
    public void close() {
        backend.close();
    }

    /** A packet of this machine, or one that it forwards, wants to leave. */
    public OutboundVerdict packetOut(IpPacket.Clear packet) {
        return machine.packetOut(packet);
    }

    /** A packet comes in for this machine itself. */
    public InboundVerdict packetIn(IpPacket packet) {
        return machine.packetIn(packet, Direction.IN);
    }

    /** A packet comes in that will go on to a host behind this machine. */
    public InboundVerdict packetForwarded(IpPacket packet) {
        return machine.packetIn(packet, Direction.FORWARD);
    }

    /** The complete SAs with their live keys, to compare the two ends of a tunnel; wiped when the SA goes. */
    public List<SecurityAssociation> installedSas() {
        return machine.model().installedSas();
    }

    /** Local addresses or routes are different now, says the machine. */
    public void changeAddresses() {
        machine.model().raise(new KernelEvent.AddressChanged());
    }

    /** What shall go wrong. */
    public KernelFaults faults() {
        return machine.model().faults();
    }

    /** Removes all SAs and policies without a word, and wipes the keys: the machine starts again. */
    public void flush() {
        machine.model().flush();
    }
}
