package org.ikebana.kernel.tun;

import java.util.List;
import java.util.random.RandomGenerator;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelCapabilities;
import org.ikebana.kernel.model.KernelClock;
import org.ikebana.kernel.model.KernelModel;
import org.ikebana.kernel.model.KernelOptions;
import org.ikebana.kernel.model.ModelBackend;
import org.ikebana.kernel.model.TransportFactory;
import org.ikebana.kernel.tun.device.PacketDevice;
import org.ikebana.kernel.tun.esp.EspCiphers;
import org.ikebana.kernel.tun.plane.HostAddresses;
import org.ikebana.kernel.tun.plane.PlaneCounters;
import org.ikebana.kernel.tun.plane.ProtectedPrefixes;
import org.ikebana.kernel.tun.plane.TunPlane;
import org.ikebana.kernel.tun.plane.Workers;

/**
 * The kernel's rules with a data plane of our own beneath them, on whatever device and wire it is given: those of a host, or
 * those of a test in memory.
 */
public final class TunKernel implements AutoCloseable {
    private final KernelModel model;
    private final TunPlane plane;
    private final Workers workers;
    private final TransportFactory transports;
    private final KernelCapabilities capabilities;

    /**
     * What it stands on.
     *
     * @param wire one a worker; as many as the device has queues
     */
    public record Ports(
            PacketDevice device,
            List<Workers.Port> wire,
            TransportFactory transports,
            ProtectedPrefixes prefixes,
            HostAddresses own) {}

    /**
     * Nothing runs before {@link Workers#start}.
     *
     * @param random where SPIs come from
     */
    public TunKernel(
            KernelClock clock, RandomGenerator random, KernelOptions options, EspCiphers ciphers, Ports ports) {
        this.plane = new TunPlane(ciphers, ports.prefixes(), ports.wire().size());
        this.model = new KernelModel(clock, random, options, plane);
        this.workers = new Workers(plane, model, ports.own(), ports.device(), ports.wire());
        this.transports = ports.transports();
        this.capabilities = new KernelCapabilities(
                true, "", false, "ESP in user space over " + ports.device().name());
    }

    /**
     * Access for one key manager.
     *
     * @param atClose runs when it has been closed
     */
    public KernelBackend backend(Runnable atClose) {
        return new ModelBackend(model, capabilities, transports, atClose);
    }

    public KernelModel model() {
        return model;
    }

    public Workers workers() {
        return workers;
    }

    public PlaneCounters counters() {
        return plane.counters();
    }

    /** Ends the threads; SAs and policies go, their keys wiped and their routes removed. */
    @Override
    public void close() {
        workers.close();
        model.flush();
    }
}
