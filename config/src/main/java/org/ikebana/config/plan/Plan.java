package org.ikebana.config.plan;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ikebana.config.Configuration;
import org.ikebana.ike.connection.ConnectionChange;
import org.ikebana.ike.connection.ConnectionConfig;

/**
 * What happens when a configuration takes the place of another. The engine works by the same {@link ConnectionChange}s.
 *
 * @param needsRestart settings of the program itself are others, which a reload leaves alone
 */
public record Plan(List<ConnectionPlan> connections, List<CredentialChange> credentials, boolean needsRestart) {
    public Plan {
        connections = List.copyOf(connections);
        credentials = List.copyOf(credentials);
    }

    public static Plan between(Configuration before, Configuration now) {
        return between(before, now, List.of());
    }

    /** @param commanded connections that commands have loaded: they go before those of files, and stay */
    public static Plan between(Configuration before, Configuration now, Collection<ConnectionConfig> commanded) {
        return new Plan(
                of(under(commanded, before.connections()), under(commanded, now.connections())),
                CredentialChange.between(before, now),
                !before.settings().equals(now.settings()) || !before.daemon().equals(now.daemon()));
    }

    /** Of connections alone, wherever they come from. */
    public static Plan between(Collection<ConnectionConfig> before, Collection<ConnectionConfig> now) {
        return new Plan(of(before, now), List.of(), false);
    }

    /** Whether a reload would do nothing at all. */
    public boolean isEmpty() {
        return credentials.isEmpty()
                && !needsRestart
                && connections.stream()
                        .allMatch(connection -> connection.effect() == Effect.UNTOUCHED
                                && connection.differences().isEmpty()
                                && connection.children().stream()
                                        .allMatch(child -> child.differences().isEmpty()));
    }

    private static Collection<ConnectionConfig> under(
            Collection<ConnectionConfig> commanded, Collection<ConnectionConfig> filed) {
        Map<String, ConnectionConfig> all = new LinkedHashMap<>();
        filed.forEach(connection -> all.put(connection.name(), connection));
        commanded.forEach(connection -> all.put(connection.name(), connection));
        return all.values();
    }

    private static List<ConnectionPlan> of(Collection<ConnectionConfig> before, Collection<ConnectionConfig> now) {
        return ConnectionChange.between(before, now).stream()
                .map(ConnectionPlan::of)
                .toList();
    }
}
