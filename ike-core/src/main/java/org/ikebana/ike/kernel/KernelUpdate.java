package org.ikebana.ike.kernel;

import java.util.ArrayList;
import java.util.List;

/** One transaction: its changes are made in this order, all or none. */
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
