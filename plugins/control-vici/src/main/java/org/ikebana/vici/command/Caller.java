package org.ikebana.vici.command;

import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import org.ikebana.vici.wire.Message;

/** The client that has given a command. */
public interface Caller {
    /** The user that has connected to the Unix socket ({@code SO_PEERCRED}, unix(7)); empty where there is no telling. */
    Optional<UserPrincipal> peer();

    /**
     * Sends an event to this client, if it has registered for it. Waits while much is on its way to it.
     *
     * @throws InterruptedException when the client has gone, or takes nothing any more
     */
    void stream(String event, Message message) throws InterruptedException;
}
