package org.ikebana.ike.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.Subsystem;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelSnapshot;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.sa.KernelTables;
import org.ikebana.ike.sa.ReqidAllocator;

/**
 * What an earlier run that ended without a word has left in the kernel, told by reqids of our range; what others own stays as
 * it is. Its SAs go at once, as nobody can rekey or end them. Its policies hold the traffic until this run's own stand,
 * which have other reqids: an old policy must not lead into a new SA, nor an old request of the kernel's be in the way.
 */
final class Leftovers {
    /** So long most names take to be looked up. */
    private static final int QUICK_CHECKS = 60;

    private static final Duration BETWEEN_QUICK_CHECKS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_CHECKS = Duration.ofMinutes(1);

    private final Environment environment;
    private final KernelTables tables;
    private final Set<PolicyKey> policies = new LinkedHashSet<>();
    private boolean isFound;
    private boolean isChecking;
    private int checks;

    Leftovers(Environment environment, KernelTables tables) {
        this.environment = environment;
        this.tables = tables;
    }

    /** Before anything of this run is installed; later calls do nothing. */
    void find() {
        if (isFound) {
            return;
        }
        isFound = true;
        List<KernelChange> stale = new ArrayList<>();
        try {
            KernelSnapshot snapshot = environment.kernel().snapshot();
            snapshot.sas().stream()
                    .filter(sa -> isOurs(sa.reqid()) && sa.key().spi().value() != 0) // an ACQUIRE lapses
                    .forEach(sa -> stale.add(new KernelChange.DeleteSa(sa.key(), sa.source())));
            snapshot.policies().stream()
                    .filter(policy -> policy.templates().stream().anyMatch(t -> isOurs(t.reqid())))
                    .forEach(policy -> policies.add(policy.key()));
            tables.reqids().avoid(reqids(snapshot));
        } catch (KernelException e) {
            warn("cannot look for what an earlier run has left: " + e.getMessage());
        }
        apply(stale);
        if (!stale.isEmpty() || !policies.isEmpty()) {
            warn("an earlier run ended without a word: " + stale.size() + " SAs are removed, " + policies.size()
                    + " policies are taken over");
        }
    }

    /**
     * Removes the policies that this run has no use for.
     *
     * @param awaited says, at any time, whether something is wanted whose own policies do not stand yet, and which this one holds
     */
    void giveUp(Supplier<Predicate<PolicyKey>> awaited) {
        List<KernelChange> stale = new ArrayList<>();
        Predicate<PolicyKey> isAwaited = awaited.get();
        for (PolicyKey key : List.copyOf(policies)) {
            boolean isUsed = tables.policies().isUsed(key);
            if (isUsed || !isAwaited.test(key)) {
                policies.remove(key);
            }
            if (!isUsed && !policies.contains(key)) {
                stale.add(new KernelChange.DeletePolicy(key));
            }
        }
        apply(stale);
        if (policies.isEmpty()) {
            tables.reqids().avoidNone();
        } else if (!isChecking) {
            isChecking = true;
            Duration delay = ++checks < QUICK_CHECKS ? BETWEEN_QUICK_CHECKS : BETWEEN_CHECKS;
            environment.after(delay, () -> {
                isChecking = false;
                giveUp(awaited);
            });
        }
    }

    private static Set<Integer> reqids(KernelSnapshot snapshot) {
        return Stream.concat(
                        snapshot.sas().stream().map(KernelSnapshot.InstalledSa::reqid),
                        snapshot.policies().stream()
                                .flatMap(policy -> policy.templates().stream().map(PolicyTemplate::reqid)))
                .filter(Leftovers::isOurs)
                .collect(Collectors.toSet());
    }

    private static boolean isOurs(int reqid) {
        return reqid >= ReqidAllocator.FIRST && reqid <= ReqidAllocator.LAST;
    }

    private void apply(List<KernelChange> changes) {
        tables.removals().apply(changes, "what an earlier run has left stays");
    }

    private void warn(String text) {
        environment.emit(new IkeEvent.Warning(Subsystem.KERNEL, "kernel", text));
    }
}
