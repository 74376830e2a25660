package org.ikebana.ike.connection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What becomes of a child of a connection that goes on, when another configuration takes the place of the one before. */
public sealed interface ChildChange {
    String name();

    /** It is negotiated on the IKE SA that is there, if it is wanted. */
    record Added(ChildConfig now) implements ChildChange {
        @Override
        public String name() {
            return now.name();
        }
    }

    /** Its SAs are deleted, and its trap goes. */
    record Removed(ChildConfig before) implements ChildChange {
        @Override
        public String name() {
            return before.name();
        }
    }

    /** Its SAs stay. */
    record Kept(ChildConfig before, ChildConfig now) implements ChildChange {
        @Override
        public String name() {
            return now.name();
        }
    }

    /** It is only wanted in another way: {@code start_action} and its like. Its SAs stay, unless it is not wanted any more. */
    record Redirected(ChildConfig before, ChildConfig now) implements ChildChange {
        @Override
        public String name() {
            return now.name();
        }
    }

    /** Its SAs are deleted, and others negotiated in their place, on the same IKE SA. */
    record Replaced(ChildConfig before, ChildConfig now) implements ChildChange {
        @Override
        public String name() {
            return now.name();
        }
    }

    /** One for each child, those that were there before first. */
    static List<ChildChange> between(List<ChildConfig> before, List<ChildConfig> now) {
        Map<String, ChildConfig> next = new LinkedHashMap<>();
        now.forEach(child -> next.put(child.name(), child));
        List<ChildChange> changes = new ArrayList<>();
        for (ChildConfig old : before) {
            ChildConfig other = next.remove(old.name());
            changes.add(other == null ? new Removed(old) : between(old, other));
        }
        next.values().forEach(child -> changes.add(new Added(child)));
        return changes;
    }

    private static ChildChange between(ChildConfig before, ChildConfig now) {
        if (before.sameSettings(now)) {
            return new Kept(before, now);
        }
        return before.sameSas(now) ? new Redirected(before, now) : new Replaced(before, now);
    }
}
