package org.ikebana.vici.command;

import org.ikebana.vici.wire.Message;

/** The client that has given a command. */
public interface Caller {
    /**
     * Sends an event to this client, if it has registered for it. Waits while much is on its way to it.
     *
     * @throws InterruptedException when the client has gone, or takes nothing any more
     */
    void stream(String event, Message message) throws InterruptedException;
}
