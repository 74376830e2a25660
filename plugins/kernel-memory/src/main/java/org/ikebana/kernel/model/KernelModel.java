package org.ikebana.kernel.model;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
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

/** The state of one kernel, which several backends may share. One lock guards all of it; packets may go by without. */
public final class KernelModel {
    private static final int FIRST_SPI = 0xc000_0000;
    private static final int SPI_COUNT = 0x1000_0000;
    private static final int SPI_TRIES = 1000;

    private final KernelState state;
    private final Acquires acquires;
    private final RandomGenerator random;

    /** @param random where SPIs come from */
    public KernelModel(KernelClock clock, RandomGenerator random, KernelOptions options, DataPlane plane) {
        this.state = KernelState.empty(clock, options, plane);
        this.acquires = new Acquires(state);
        this.random = random;
    }

    public KernelOptions options() {
        return state.options();
    }

    public KernelFaults faults() {
        return state.faults();
    }

    public EventHub events() {
        return state.events();
    }

    /** Works on the state with the lock held. */
    public <T> T locked(BiFunction<KernelState, Acquires, T> work) {
        synchronized (state.lock()) {
            return work.apply(state, acquires);
        }
    }

    public Spi allocateSpi(SpiRequest request) throws KernelException {
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

    public void apply(KernelUpdate update) throws KernelException {
        synchronized (state.lock()) {
            new Transaction(state).run(update);
        }
    }

    public Optional<SaUsage> usage(SaKey key) {
        synchronized (state.lock()) {
            return state.sas().find(key).map(entry -> entry.describe().usage());
        }
    }

    public KernelSnapshot snapshot() {
        synchronized (state.lock()) {
            return new KernelSnapshot(
                    state.sas().all().stream().map(SaEntry::describe).toList(),
                    state.policies().all());
        }
    }

    /** The complete SAs with their live keys; wiped when the SA goes. */
    public List<SecurityAssociation> installedSas() {
        synchronized (state.lock()) {
            return state.sas().all().stream()
                    .filter(CompleteSa.class::isInstance)
                    .map(entry -> ((CompleteSa) entry).installed())
                    .toList();
        }
    }

    public void raise(KernelEvent event) {
        synchronized (state.lock()) {
            state.events().raise(event);
        }
    }

    /** Removes all SAs and policies without a word, and wipes the keys. */
    public void flush() {
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
