package org.ikebana.config.plan;

import java.util.List;
import org.ikebana.ike.connection.SourceRef;

/** A plan for people, like a diff: what is added has a {@code +}, what goes a {@code -}, what is left alone a {@code =}. */
public final class PlanText {
    private final LiveSas live;
    private final StringBuilder text = new StringBuilder();

    private PlanText(LiveSas live) {
        this.live = live;
    }

    /** Each line ends with a line feed. */
    public static String of(Plan plan, LiveSas live) {
        var printed = new PlanText(live);
        plan.connections().forEach(printed::connection);
        plan.credentials().forEach(printed::credential);
        if (plan.needsRestart()) {
            printed.line(0, "! ikebana.conf has changed, which counts when the daemon is started again");
        }
        if (plan.isEmpty()) {
            printed.line(0, "nothing changes");
        }
        return printed.text.toString();
    }

    private void connection(ConnectionPlan connection) {
        entry(
                0,
                "connection " + connection.name(),
                connection.effect(),
                connection.effect().words(),
                connection.differences());
        sas(1, connection.effect(), live.ofConnection(connection.name()));
        differences(1, connection.differences());
        for (ChildPlan child : connection.children()) {
            entry(1, "child " + child.name(), child.effect(), child.words(), child.differences());
            sas(2, child.effect(), live.ofChild(connection.name(), child.name()));
            differences(2, child.differences());
        }
    }

    private void entry(int depth, String what, Effect effect, String words, List<Difference> differences) {
        boolean isLater = effect == Effect.UNTOUCHED && !differences.isEmpty();
        line(
                depth,
                effect.sign() + " " + what + ": " + words
                        + (isLater ? "; what changes counts from the next time on" : ""));
    }

    private void credential(CredentialChange change) {
        String words = switch (change.effect()) {
            case ADDED -> "added";
            case REMOVED -> "removed";
            default -> "changed";
        };
        line(0, change.effect().sign() + " " + change.what() + ": " + words + ", from the next authentication on");
    }

    /** That there are. */
    private void sas(int depth, Effect effect, List<String> sas) {
        boolean isDeleted = switch (effect) {
            case REMOVED, UNWANTED, REPLACED, RESTARTED -> true;
            case ADDED, UNTOUCHED, ADJUSTED, CONTINUED, REDIRECTED, CHANGED -> false;
        };
        sas.forEach(sa -> line(depth, "  " + sa + (isDeleted ? ", is deleted" : ", stays")));
    }

    private void differences(int depth, List<Difference> differences) {
        for (Difference difference : differences) {
            if (!difference.before().isEmpty()) {
                line(depth, "  - " + difference.key() + " = " + difference.before());
            }
            line(
                    depth,
                    "  + " + difference.key() + " = " + difference.now()
                            + (difference.place().equals(SourceRef.UNKNOWN) ? "" : "    # " + difference.place()));
        }
    }

    private void line(int depth, String content) {
        text.append("  ".repeat(depth)).append(content).append('\n');
    }
}
