package org.ikebana.vici.command;

import java.util.Optional;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.engine.IkeEngine;

/** A child as it is configured, with its connection. */
record ConfiguredChild(String connection, ChildConfig config) {
    /** The first one of this name, on the loop of the engine. */
    static Optional<ConfiguredChild> find(IkeEngine engine, Optional<String> connection, String child) {
        return engine.connections().stream()
                .filter(c ->
                        connection.filter(wanted -> !wanted.equals(c.name())).isEmpty())
                .flatMap(c -> find(c, child).stream())
                .findFirst();
    }

    String name() {
        return config.name();
    }

    boolean is(String connectionName, String childName) {
        return connection.equals(connectionName) && name().equals(childName);
    }

    /** {@code site/net}, as events name it. */
    String subject() {
        return connection + "/" + name();
    }

    DesiredState desired(IkeEngine engine) {
        return engine.desired(connection, name()).orElse(DesiredState.OFF);
    }

    /** What is left to want of it once it is closed by a command: the trap that is configured. */
    DesiredState afterClosing() {
        boolean hasTrap =
                config.startAction() == StartAction.TRAP || config.startAction() == StartAction.TRAP_AND_START;
        return hasTrap ? DesiredState.ON_DEMAND : DesiredState.OFF;
    }

    private static Optional<ConfiguredChild> find(ConnectionConfig connection, String child) {
        return connection.children().stream()
                .filter(c -> c.name().equals(child))
                .map(c -> new ConfiguredChild(connection.name(), c))
                .findFirst();
    }
}
