package org.ikebana.ike.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelSnapshot;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.sa.KernelTables;
import org.ikebana.ike.sa.ReqidAllocator;

/**
 * What an earlier run that ended without a word has left in the kernel, told by reqids of our range; what others own stays as
 * it is. Its SAs go at once, as nobody can rekey or end them. Its policies hold the traffic until this run's own stand.
 */
final class Leftovers {
    /** Names are looked up by then; whatever is not wanted any more goes. */
    private static final int MOST_CHECKS = 60;

    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(1);

    private final Environment environment;
    private final KernelTables tables;
    private final Set<PolicyKey> policies = new HashSet<>();
    private boolean isFound;
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
        } catch (KernelException e) {
            warn("cannot look for what an earlier run has left: " + e.getMessage());
        }
        apply(stale);
        if (!stale.isEmpty() || !policies.isEmpty()) {
            warn("an earlier run ended without a word: " + stale.size() + " SAs are removed, " + policies.size()
                    + " policies are taken over");
        }
    }

    /** Removes the policies that this run has no use for, once its own hold the traffic. */
    void giveUp(BooleanSupplier isReady) {
        if (policies.isEmpty()) {
            return;
        }
        if (!isReady.getAsBoolean() && ++checks < MOST_CHECKS) {
            environment.after(BETWEEN_CHECKS, () -> giveUp(isReady));
            return;
        }
        List<KernelChange> stale = new ArrayList<>();
        for (PolicyKey key : policies) {
            if (!tables.policies().isUsed(key)) {
                stale.add(new KernelChange.DeletePolicy(key));
            }
        }
        policies.clear();
        apply(stale);
    }

    private static boolean isOurs(int reqid) {
        return reqid >= ReqidAllocator.FIRST && reqid <= ReqidAllocator.LAST;
    }

    private void apply(List<KernelChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        try {
            environment.kernel().apply(new KernelUpdate(changes));
        } catch (KernelException e) {
            warn("what an earlier run has left stays: " + e.getMessage());
        }
    }

    private void warn(String text) {
        environment.emit(new IkeEvent.Warning("kernel", text));
    }
}
