package org.ikebana.config.plan;

import java.util.List;
import org.ikebana.ike.connection.ChildChange;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionChange;

/**
 * What becomes of a connection.
 *
 * @param differences of its own, not of its children; there may be some where it is left alone, too: they count from the next
 *     time on
 */
public record ConnectionPlan(String name, Effect effect, List<Difference> differences, List<ChildPlan> children) {
    public ConnectionPlan {
        differences = List.copyOf(differences);
        children = List.copyOf(children);
    }

    static ConnectionPlan of(ConnectionChange change) {
        return switch (change) {
            case ConnectionChange.Added added ->
                new ConnectionPlan(
                        added.name(),
                        Effect.ADDED,
                        List.of(),
                        children(List.of(), added.now().children()));
            case ConnectionChange.Removed removed ->
                new ConnectionPlan(
                        removed.name(),
                        Effect.REMOVED,
                        List.of(),
                        children(removed.before().children(), List.of()));
            case ConnectionChange.Kept kept ->
                new ConnectionPlan(
                        kept.name(),
                        effect(kept),
                        Fields.differences(kept.before(), kept.now()),
                        kept.children().stream().map(ChildPlan::of).toList());
            case ConnectionChange.Restarted restarted ->
                new ConnectionPlan(
                        restarted.name(),
                        Effect.RESTARTED,
                        Fields.differences(restarted.before(), restarted.now()),
                        children(restarted.before().children(), restarted.now().children()).stream()
                                .map(ChildPlan::restarted)
                                .toList());
        };
    }

    private static Effect effect(ConnectionChange.Kept kept) {
        if (!kept.isUntouched()) {
            return Effect.CONTINUED;
        }
        return kept.isAdjusted() ? Effect.ADJUSTED : Effect.UNTOUCHED;
    }

    private static List<ChildPlan> children(List<ChildConfig> before, List<ChildConfig> now) {
        return ChildChange.between(before, now).stream().map(ChildPlan::of).toList();
    }
}
