package org.ikebana.ike.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;

/** The goals of all configured children, by their connections: a connection has few, whereas there are ten thousand in all. */
final class Goals {
    private final Map<String, Map<String, ChildGoal>> byConnection = new LinkedHashMap<>();

    void put(ChildGoal goal) {
        byConnection
                .computeIfAbsent(goal.connection.name(), name -> new LinkedHashMap<>(2))
                .put(goal.child.name(), goal);
    }

    Optional<ChildGoal> find(String connection, String child) {
        return Optional.ofNullable(
                byConnection.getOrDefault(connection, Map.of()).get(child));
    }

    Optional<ChildGoal> remove(String connection, String child) {
        Optional<ChildGoal> goal = find(connection, child);
        goal.ifPresent(found -> byConnection.computeIfPresent(connection, (name, goals) -> {
            goals.remove(child);
            return goals.isEmpty() ? null : goals;
        }));
        return goal;
    }

    /** A copy: whoever goes through it may change what there is. */
    List<ChildGoal> of(Optional<ConnectionConfig> connection) {
        return connection
                .map(c -> List.copyOf(
                        byConnection.getOrDefault(c.name(), Map.of()).values()))
                .orElse(List.of());
    }

    /** A copy, likewise. */
    List<ChildGoal> all() {
        return byConnection.values().stream()
                .flatMap(goals -> goals.values().stream())
                .toList();
    }

    void clear() {
        byConnection.clear();
    }
}
