package org.ikebana.config.plan;

import java.util.List;
import org.ikebana.ike.connection.ChildChange;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.StartAction;

/**
 * What becomes of a child.
 *
 * @param differences there may be some where it is left alone, too: they count from the next time on
 */
public record ChildPlan(String name, Effect effect, List<Difference> differences) {
    public ChildPlan {
        differences = List.copyOf(differences);
    }

    static ChildPlan of(ChildChange change) {
        return switch (change) {
            case ChildChange.Added added -> new ChildPlan(added.name(), Effect.ADDED, List.of());
            case ChildChange.Removed removed -> new ChildPlan(removed.name(), Effect.REMOVED, List.of());
            case ChildChange.Kept kept -> of(Effect.UNTOUCHED, kept.before(), kept.now());
            case ChildChange.Redirected other ->
                of(
                        isUnwanted(other.before(), other.now()) ? Effect.UNWANTED : Effect.REDIRECTED,
                        other.before(),
                        other.now());
            case ChildChange.Replaced replaced -> of(Effect.REPLACED, replaced.before(), replaced.now());
        };
    }

    /** Its connection is. */
    ChildPlan restarted() {
        return effect == Effect.ADDED || effect == Effect.REMOVED
                ? this
                : new ChildPlan(name, Effect.RESTARTED, differences);
    }

    private static boolean isUnwanted(ChildConfig before, ChildConfig now) {
        return before.startAction() != StartAction.NONE && now.startAction() == StartAction.NONE;
    }

    private static ChildPlan of(Effect effect, ChildConfig before, ChildConfig now) {
        return new ChildPlan(now.name(), effect, Fields.differences(before, now));
    }
}
