package org.ikebana.ike.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * One transaction. SAs are added and moved, policies put and deleted in the order given; SAs are deleted after all of
 * these have succeeded. If a change is refused, those before it are undone, last one first: added SAs go, moved ones
 * return, replaced and deleted policies come back.
 *
 * <p>Two things cannot be undone in a kernel that keeps no second copy. A deleted SA: its keys and counters are gone,
 * which is why deletions stand last, where nothing but a kernel out of reach can make them fail. And a larval SA that an
 * added one replaced: the reservation or ACQUIRE is over, as if it had lapsed; adding the SA again later is allowed.
 *
 * <p>It follows that an update cannot delete an SA and add another one under the same key.
 */
public record KernelUpdate(List<KernelChange> changes) {
    public KernelUpdate {
        changes = List.copyOf(changes);
    }

    public static KernelUpdate of(KernelChange... changes) {
        return new KernelUpdate(List.of(changes));
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** This one's changes, then the other's. */
    public KernelUpdate and(KernelUpdate next) {
        List<KernelChange> both = new ArrayList<>(changes);
        both.addAll(next.changes);
        return new KernelUpdate(both);
    }
}
