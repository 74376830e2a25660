package org.ikebana.kernel.tun.plane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.ikebana.kernel.model.KernelModel;
import org.ikebana.kernel.tun.device.PacketDevice;
import org.ikebana.kernel.tun.wire.EspReceiver;
import org.ikebana.kernel.tun.wire.EspSender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of a data plane: two for each queue of the device, one a direction. */
public final class Workers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final List<OutboundWorker> outbound = new ArrayList<>();
    private final List<InboundWorker> inbound = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /**
     * Nothing runs before {@link #start}.
     *
     * @param ports as many as the plane has workers
     * @param model that tells the plane of changes
     */
    public Workers(TunPlane plane, KernelModel model, HostAddresses own, PacketDevice device, List<Port> ports) {
        Limits limits = new Limits(model);
        SaRequests requests = new SaRequests(model, plane);
        for (int i = 0; i < plane.workers(); i++) {
            Port port = ports.get(i);
            OutboundPath out = new OutboundPath(
                    i,
                    plane,
                    limits,
                    requests,
                    new EspRuns(port.sender()),
                    new Refusals(plane.errands().inbound(i)));
            outbound.add(new OutboundWorker(
                    device.queues().get(i), out, plane.held(), plane.errands().outbound(i)));
            Delivery delivery = new Delivery(plane, own, new HostQueue(device, i, plane.counters()));
            InboundPath in = new InboundPath(i, plane, port.receiver(), limits, delivery, new Mappings(model));
            inbound.add(new InboundWorker(port.receiver(), in, plane.errands().inbound(i)));
        }
    }

    /** What connects one worker with the network. */
    public record Port(EspReceiver receiver, EspSender sender) {}

    public void start() {
        for (int i = 0; i < outbound.size(); i++) {
            start("tun-out-" + i, outbound.get(i));
        }
        startInbound();
    }

    /** Only what comes in is seen to; the caller lets the others {@link OutboundWorker#work}. */
    public void startInbound() {
        for (int i = 0; i < inbound.size(); i++) {
            start("tun-in-" + i, inbound.get(i));
        }
    }

    /**
     * Does what there is to do, on the calling thread, instead of threads of its own.
     *
     * @return false if there was nothing
     */
    public boolean work() throws IOException {
        boolean worked = false;
        for (int i = 0; i < outbound.size(); i++) {
            worked |= outbound.get(i).work();
            worked |= inbound.get(i).work();
        }
        return worked;
    }

    public List<OutboundWorker> outbound() {
        return List.copyOf(outbound);
    }

    /** Ends the threads and waits for them. */
    @Override
    public void close() {
        try {
            for (int i = 0; i < outbound.size(); i++) {
                outbound.get(i).stop();
                inbound.get(i).stop();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a worker of the data plane cannot be woken", e);
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(String name, Runnable worker) {
        threads.add(Thread.ofPlatform()
                .name(name)
                .daemon()
                .uncaughtExceptionHandler(
                        (thread, e) -> LOG.error("{} has ended: protected traffic stands still", thread.getName(), e))
                .start(worker));
    }
}
