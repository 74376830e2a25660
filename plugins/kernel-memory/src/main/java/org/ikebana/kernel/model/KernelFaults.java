package org.ikebana.kernel.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelException;

/** What a test makes go wrong in a {@link KernelModel}; each fault strikes once. */
public final class KernelFaults {
    private static final String TEXT = "a fault that a test asked for";

    private final Deque<ChangeFault> changes = new ArrayDeque<>();
    private final Deque<Errno> spis = new ArrayDeque<>();
    private int eventsToLose;
    private int eventsToDrop;

    KernelFaults() {}

    /** The first change of this kind from now on is refused. */
    public synchronized void refuse(Predicate<KernelChange> kind, Errno errno) {
        changes.add(new ChangeFault(kind, errno));
    }

    /** The next SPI that is asked for is refused. */
    public synchronized void refuseSpi(Errno errno) {
        spis.add(errno);
    }

    /** The next {@code count} events do not arrive; each listener is told that some are lost. */
    public synchronized void loseEvents(int count) {
        eventsToLose += count;
    }

    /** The next {@code count} events do not arrive, and nobody is told: Linux does so where it has no memory to say them. */
    public synchronized void dropEvents(int count) {
        eventsToDrop += count;
    }

    /** From now on nothing goes wrong any more. */
    public synchronized void heal() {
        changes.clear();
        spis.clear();
        eventsToLose = 0;
        eventsToDrop = 0;
    }

    synchronized void strike(KernelChange change) throws KernelException {
        Optional<ChangeFault> struck =
                changes.stream().filter(fault -> fault.kind.test(change)).findFirst();
        if (struck.isPresent()) {
            changes.remove(struck.get());
            throw struck.get().errno.refusal(element(change), TEXT);
        }
    }

    synchronized void strikeSpi(String element) throws KernelException {
        if (!spis.isEmpty()) {
            throw spis.remove().refusal(element, TEXT);
        }
    }

    synchronized boolean losesEvent() {
        if (eventsToLose == 0) {
            return false;
        }
        eventsToLose--;
        return true;
    }

    synchronized boolean dropsEvent() {
        if (eventsToDrop == 0) {
            return false;
        }
        eventsToDrop--;
        return true;
    }

    private static Object element(KernelChange change) {
        return switch (change) {
            case KernelChange.AddSa add -> add.sa().key();
            case KernelChange.MoveSa move -> move.key();
            case KernelChange.DeleteSa delete -> delete.key();
            case KernelChange.PutPolicy put -> put.policy().key();
            case KernelChange.DeletePolicy delete -> delete.key();
        };
    }

    private record ChangeFault(Predicate<KernelChange> kind, Errno errno) {}
}
