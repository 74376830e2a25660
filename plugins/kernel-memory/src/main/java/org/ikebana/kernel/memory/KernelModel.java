package org.ikebana.kernel.memory;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelSnapshot;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.SaUsage;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.SpiRequest;

/** The state of one kernel, which several backends may share. One lock guards all of it. */
final class KernelModel {
    private static final int FIRST_SPI = 0xc000_0000;
    private static final int SPI_COUNT = 0x1000_0000;
    private static final int SPI_TRIES = 1000;

    private final KernelState state;
    private final RandomGenerator random;
    private final OutboundPath outbound;
    private final InboundPath inbound;

    KernelModel(MemoryClock clock, RandomGenerator random, MemoryKernelOptions options) {
        this.state = KernelState.empty(clock, options);
        this.random = random;
        this.outbound = new OutboundPath(state);
        this.inbound = new InboundPath(state);
    }

    MemoryKernelOptions options() {
        return state.options();
    }

    KernelFaults faults() {
        return state.faults();
    }

    EventHub events() {
        return state.events();
    }

    Spi allocateSpi(SpiRequest request) throws KernelException {
        String element = "%s SPI of %s"
                .formatted(request.protocol(), request.destination().getHostAddress());
        if (request.protocol() == SaProtocol.IPCOMP) {
            throw Errno.EINVAL.refusal(element, "SPI must be < 0x10000 for IPCOMP");
        }
        synchronized (state.lock()) {
            state.faults().strikeSpi(element);
            if (state.isFull()) {
                throw Errno.ENOMEM.refusal(
                        element,
                        "%d SAs are installed already".formatted(state.sas().size()));
            }
            SaKey key = new SaKey(request.destination(), freeSpi(request, element), request.protocol(), request.mark());
            state.lifecycle()
                    .begin(
                            new LarvalSa(
                                    key,
                                    request.source(),
                                    request.mode(),
                                    request.reqid(),
                                    request.ifId(),
                                    0,
                                    state.clock().now()),
                            state.options().larvalLifetime());
            return key.spi();
        }
    }

    void apply(KernelUpdate update) throws KernelException {
        synchronized (state.lock()) {
            new Transaction(state).run(update);
        }
    }

    Optional<SaUsage> usage(SaKey key) {
        synchronized (state.lock()) {
            return state.sas().find(key).map(entry -> entry.describe().usage());
        }
    }

    KernelSnapshot snapshot() {
        synchronized (state.lock()) {
            return new KernelSnapshot(
                    state.sas().all().stream().map(SaEntry::describe).toList(),
                    state.policies().all());
        }
    }

    List<SecurityAssociation> installedSas() {
        synchronized (state.lock()) {
            return state.sas().all().stream()
                    .filter(CompleteSa.class::isInstance)
                    .map(entry -> ((CompleteSa) entry).installed())
                    .toList();
        }
    }

    OutboundVerdict packetOut(IpPacket.Clear packet) {
        synchronized (state.lock()) {
            return outbound.send(packet);
        }
    }

    InboundVerdict packetIn(IpPacket packet, Direction direction) {
        synchronized (state.lock()) {
            return inbound.receive(packet, direction);
        }
    }

    void raise(KernelEvent event) {
        synchronized (state.lock()) {
            state.events().raise(event);
        }
    }

    void flush() {
        synchronized (state.lock()) {
            state.sas().all().forEach(state.lifecycle()::end);
            state.policies().clear();
        }
    }

    private Spi freeSpi(SpiRequest request, String element) throws KernelException {
        for (int i = 0; i < SPI_TRIES; i++) {
            Spi spi = new Spi(FIRST_SPI + random.nextInt(SPI_COUNT));
            if (!state.sas().isSpiTaken(request.destination(), spi, request.protocol())) {
                return spi;
            }
        }
        throw Errno.ENOENT.refusal(element, "No SPI available in the requested range");
    }
}
