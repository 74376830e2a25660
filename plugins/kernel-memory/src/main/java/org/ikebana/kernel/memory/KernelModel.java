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

    private final Object lock = new Object();
    private final MemoryClock clock;
    private final RandomGenerator random;
    private final MemoryKernelOptions options;
    private final KernelFaults faults = new KernelFaults();
    private final PolicyDatabase policies = new PolicyDatabase();
    private final SaDatabase sas = new SaDatabase();
    private final EventHub events;
    private final SaLifecycle lifecycle;
    private final OutboundPath outbound;
    private final InboundPath inbound;

    KernelModel(MemoryClock clock, RandomGenerator random, MemoryKernelOptions options) {
        this.clock = clock;
        this.random = random;
        this.options = options;
        this.events = new EventHub(clock, faults);
        this.lifecycle = new SaLifecycle(sas, clock, events, lock);
        this.outbound = new OutboundPath(policies, sas, lifecycle, events, clock, options);
        this.inbound = new InboundPath(policies, sas, lifecycle, events, clock);
    }

    MemoryKernelOptions options() {
        return options;
    }

    KernelFaults faults() {
        return faults;
    }

    EventHub events() {
        return events;
    }

    Spi allocateSpi(SpiRequest request) throws KernelException {
        String element = "%s SPI of %s"
                .formatted(request.protocol(), request.destination().getHostAddress());
        if (request.protocol() == SaProtocol.IPCOMP) {
            throw Errno.EINVAL.refusal(element, "SPI must be < 0x10000 for IPCOMP");
        }
        synchronized (lock) {
            faults.strikeSpi(element);
            if (sas.size() >= options.maximumSas()) {
                throw Errno.ENOMEM.refusal(element, "%d SAs are installed already".formatted(sas.size()));
            }
            SaKey key = new SaKey(request.destination(), freeSpi(request, element), request.protocol(), request.mark());
            lifecycle.begin(
                    new LarvalSa(
                            key, request.source(), request.mode(), request.reqid(), request.ifId(), 0, clock.now()),
                    options.larvalLifetime());
            return key.spi();
        }
    }

    void apply(KernelUpdate update) throws KernelException {
        synchronized (lock) {
            new Transaction(policies, sas, lifecycle, faults, clock, options).run(update);
        }
    }

    Optional<SaUsage> usage(SaKey key) {
        synchronized (lock) {
            return sas.find(key).map(entry -> entry.describe().usage());
        }
    }

    KernelSnapshot snapshot() {
        synchronized (lock) {
            return new KernelSnapshot(sas.all().stream().map(SaEntry::describe).toList(), policies.all());
        }
    }

    List<SecurityAssociation> installedSas() {
        synchronized (lock) {
            return sas.all().stream()
                    .filter(CompleteSa.class::isInstance)
                    .map(entry -> ((CompleteSa) entry).installed())
                    .toList();
        }
    }

    OutboundVerdict packetOut(IpPacket.Clear packet) {
        synchronized (lock) {
            return outbound.send(packet);
        }
    }

    InboundVerdict packetIn(IpPacket packet, Direction direction) {
        synchronized (lock) {
            return inbound.receive(packet, direction);
        }
    }

    void raise(KernelEvent event) {
        synchronized (lock) {
            events.raise(event);
        }
    }

    void flush() {
        synchronized (lock) {
            sas.all().forEach(lifecycle::end);
            policies.clear();
        }
    }

    private Spi freeSpi(SpiRequest request, String element) throws KernelException {
        for (int i = 0; i < SPI_TRIES; i++) {
            Spi spi = new Spi(FIRST_SPI + random.nextInt(SPI_COUNT));
            if (!sas.isSpiTaken(request.destination(), spi, request.protocol())) {
                return spi;
            }
        }
        throw Errno.ENOENT.refusal(element, "No SPI available in the requested range");
    }
}
