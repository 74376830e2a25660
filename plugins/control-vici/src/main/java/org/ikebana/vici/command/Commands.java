package org.ikebana.vici.command;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All commands, by their names. */
public final class Commands {
    private final Map<String, Command> byName = new HashMap<>();

    /** @throws IllegalArgumentException when two have the same name */
    public Commands(List<Command> commands) {
        for (Command command : commands) {
            if (byName.put(command.name(), command) != null) {
                throw new IllegalArgumentException("two commands are named " + command.name());
            }
        }
    }

    public Optional<Command> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The events that any of them streams. */
    public Set<String> events() {
        Set<String> all = new HashSet<>();
        byName.values().forEach(command -> all.addAll(command.events()));
        return all;
    }
}
