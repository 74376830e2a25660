package org.ikebana.ike.connection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What becomes of a connection when another configuration takes the place of the one before. */
public sealed interface ConnectionChange {
    String name();

    record Added(ConnectionConfig now) implements ConnectionChange {
        @Override
        public String name() {
            return now.name();
        }
    }

    /** Its IKE SAs are deleted. */
    record Removed(ConnectionConfig before) implements ConnectionChange {
        @Override
        public String name() {
            return before.name();
        }
    }

    /**
     * Its IKE SAs stay, with all children that are as they were. They take on what has changed of the connection itself. One that is only being negotiated begins anew where any is not.
     *
     * @param children what becomes of each
     */
    record Kept(ConnectionConfig before, ConnectionConfig now, List<ChildChange> children) implements ConnectionChange {
        public Kept {
            children = List.copyOf(children);
        }

        @Override
        public String name() {
            return now.name();
        }

        /** Something that is not about a child is otherwise than before, and counts from now on. */
        public boolean isAdjusted() {
            return !before.sameButForChildren(now);
        }

        /** Nothing happens to its SAs. */
        public boolean isUntouched() {
            return children.stream().allMatch(ChildChange.Kept.class::isInstance);
        }
    }

    /** Its IKE SAs are deleted with all children, and it begins anew. */
    record Restarted(ConnectionConfig before, ConnectionConfig now) implements ConnectionChange {
        @Override
        public String name() {
            return now.name();
        }
    }

    /** One for each connection, those that were there before first. */
    static List<ConnectionChange> between(Collection<ConnectionConfig> before, Collection<ConnectionConfig> now) {
        Map<String, ConnectionConfig> next = new LinkedHashMap<>();
        now.forEach(connection -> next.put(connection.name(), connection));
        List<ConnectionChange> changes = new ArrayList<>();
        for (ConnectionConfig old : before) {
            ConnectionConfig other = next.remove(old.name());
            changes.add(other == null ? new Removed(old) : between(old, other));
        }
        next.values().forEach(connection -> changes.add(new Added(connection)));
        return changes;
    }

    /** Of one connection. */
    static ConnectionChange between(ConnectionConfig before, ConnectionConfig now) {
        return before.sameIkeSa(now)
                ? new Kept(before, now, ChildChange.between(before.children(), now.children()))
                : new Restarted(before, now);
    }
}
