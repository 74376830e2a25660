package org.ikebana.ike.sa;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;

/**
 * Counts the users of each policy. A trap and the child SAs on its selectors share one entry of the kernel's
 * database, and so do two child SAs during a rekey: the best policy is the one installed, and the next best follows
 * when its owner goes.
 */
@SuppressWarnings("ReferenceEquality") // an owner is one object, whatever it is equal to
public final class PolicyTable {
    /** Of two with the same priority the stricter one: what lets pass must not open what is to be protected or dropped. */
    private static final Comparator<Use> BEST_FIRST = Comparator.<Use>comparingInt(use -> use.policy.priority())
            .thenComparing(use -> use.policy.action() == Policy.Action.ALLOW
                    && use.policy.templates().isEmpty());

    private final Map<PolicyKey, List<Use>> uses = new HashMap<>();

    private record Use(Object owner, Policy policy) {}

    /** What the kernel must do for {@code owner} to have these policies; newer ones win among equals. */
    public List<KernelChange> add(Object owner, List<Policy> policies) {
        List<KernelChange> changes = new ArrayList<>(policies.size());
        for (Policy policy : policies) {
            List<Use> users = uses.computeIfAbsent(policy.key(), k -> new ArrayList<>(2));
            users.addFirst(new Use(owner, policy));
            users.sort(BEST_FIRST);
            if (users.getFirst().owner == owner) {
                changes.add(new KernelChange.PutPolicy(policy));
            }
        }
        return changes;
    }

    /** What the kernel must do when {@code owner} gives these policies up. */
    public List<KernelChange> remove(Object owner, List<Policy> policies) {
        List<KernelChange> changes = new ArrayList<>(policies.size());
        for (Policy policy : policies) {
            List<Use> users = uses.get(policy.key());
            if (users == null) {
                continue;
            }
            Policy installed = users.getFirst().policy;
            users.removeIf(use -> use.owner == owner);
            if (users.isEmpty()) {
                uses.remove(policy.key());
                changes.add(new KernelChange.DeletePolicy(policy.key()));
            } else if (!users.getFirst().policy.equals(installed)) {
                changes.add(new KernelChange.PutPolicy(users.getFirst().policy));
            }
        }
        return changes;
    }

    /** What the kernel must do when the policies of {@code owner} become these, which have the same keys. */
    public List<KernelChange> replace(Object owner, List<Policy> policies) {
        List<KernelChange> changes = new ArrayList<>(policies.size());
        for (Policy policy : policies) {
            List<Use> users = uses.getOrDefault(policy.key(), List.of());
            for (int i = 0; i < users.size(); i++) {
                if (users.get(i).owner == owner) {
                    users.set(i, new Use(owner, policy));
                    if (i == 0) {
                        changes.add(new KernelChange.PutPolicy(policy));
                    }
                }
            }
        }
        return changes;
    }

    /** What the kernel must do to have of this policy what is in use now. */
    KernelChange change(PolicyKey key) {
        List<Use> users = uses.get(key);
        return users == null ? new KernelChange.DeletePolicy(key) : new KernelChange.PutPolicy(users.getFirst().policy);
    }

    public boolean isUsed(PolicyKey key) {
        return uses.containsKey(key);
    }

    public boolean isEmpty() {
        return uses.isEmpty();
    }
}
