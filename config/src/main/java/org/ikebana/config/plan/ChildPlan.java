package org.ikebana.config.plan;

import java.util.List;
import org.ikebana.ike.connection.ChildChange;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.StartAction;

/**
 * What becomes of a child.
 *
 * @param isShunt it is policies alone, now or before
 * @param differences there may be some where it is left alone, too: they count from the next time on
 */
public record ChildPlan(String name, Effect effect, boolean isShunt, List<Difference> differences) {
    public ChildPlan {
        differences = List.copyOf(differences);
    }

    static ChildPlan of(ChildChange change) {
        return switch (change) {
            case ChildChange.Added added -> of(Effect.ADDED, added.now());
            case ChildChange.Removed removed -> of(Effect.REMOVED, removed.before());
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
                : new ChildPlan(name, Effect.RESTARTED, isShunt, differences);
    }

    /** For people. */
    String words() {
        return isShunt ? effect.wordsOfShunt() : effect.words();
    }

    private static ChildPlan of(Effect effect, ChildConfig child) {
        return new ChildPlan(child.name(), effect, child.isShunt(), List.of());
    }

    private static boolean isUnwanted(ChildConfig before, ChildConfig now) {
        return before.startAction() != StartAction.NONE && now.startAction() == StartAction.NONE;
    }

    private static ChildPlan of(Effect effect, ChildConfig before, ChildConfig now) {
        return new ChildPlan(now.name(), effect, before.isShunt() || now.isShunt(), Fields.differences(before, now));
    }
}
