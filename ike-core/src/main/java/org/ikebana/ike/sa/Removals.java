package org.ikebana.ike.sa;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.Subsystem;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.SaKey;

/**
 * Takes out of the kernel what nobody needs any more. What it refuses to remove is tried again until it is gone: an SA that
 * stayed would go on taking packets, and a policy would hold traffic that nobody protects.
 */
public final class Removals {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Environment environment;
    private final PolicyTable table;
    /** As many as are in the kernel, at most. */
    private final Map<SaKey, KernelChange.DeleteSa> sas = new LinkedHashMap<>();

    private final Set<PolicyKey> policies = new LinkedHashSet<>();
    private Duration wait = FIRST_WAIT;
    private boolean isWaiting;

    Removals(Environment environment, PolicyTable table) {
        this.environment = environment;
        this.table = table;
    }

    /**
     * Counts as done, whatever the kernel says.
     *
     * @param changes that remove SAs, and what {@link PolicyTable#remove} gives
     * @param subject what is said where it is refused: "cannot remove net{1}"
     */
    public void apply(List<KernelChange> changes, String subject) {
        if (changes.isEmpty()) {
            return;
        }
        try {
            environment.kernel().apply(new KernelUpdate(changes));
        } catch (KernelException e) {
            environment.emit(new IkeEvent.Warning(Subsystem.KERNEL, subject, e.getMessage() + "; it is tried again"));
            changes.forEach(this::remember);
            tryLater();
        }
    }

    /**
     * SAs that the kernel has refused to remove, for an update that is to remove them as well.
     *
     * @param kept not this one
     */
    List<KernelChange> outstanding(SaKey kept) {
        return sas.values().stream()
                .filter(delete -> !delete.key().equals(kept))
                .map(KernelChange.class::cast)
                .toList();
    }

    /** The kernel has made these changes. */
    void done(List<KernelChange> changes) {
        changes.stream()
                .filter(KernelChange.DeleteSa.class::isInstance)
                .map(KernelChange.DeleteSa.class::cast)
                .forEach(delete -> sas.remove(delete.key()));
    }

    private void remember(KernelChange change) {
        switch (change) {
            case KernelChange.DeleteSa delete -> sas.put(delete.key(), delete);
            case KernelChange.DeletePolicy delete -> policies.add(delete.key());
            case KernelChange.PutPolicy put -> policies.add(put.policy().key());
            case KernelChange.AddSa add -> throw new IllegalArgumentException("no removal: " + add);
            case KernelChange.MoveSa move -> throw new IllegalArgumentException("no removal: " + move);
        }
    }

    private void tryLater() {
        if (!isWaiting) {
            isWaiting = true;
            environment.after(wait, this::tryAgain);
        }
    }

    /** Each by itself, so that one that is refused does not keep the others. */
    private void tryAgain() {
        isWaiting = false;
        sas.values().removeIf(this::isDone);
        policies.removeIf(key -> isDone(table.change(key)));
        if (sas.isEmpty() && policies.isEmpty()) {
            wait = FIRST_WAIT;
        } else {
            Duration longer = wait.multipliedBy(2);
            wait = longer.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : longer;
            tryLater();
        }
    }

    private boolean isDone(KernelChange change) {
        try {
            environment.kernel().apply(KernelUpdate.of(change));
            return true;
        } catch (KernelException e) {
            environment.emit(new IkeEvent.Warning(
                    Subsystem.KERNEL, "still cannot remove", e.getMessage() + "; it is tried again"));
            return false;
        }
    }
}
