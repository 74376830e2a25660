package org.ikebana.vici.command;

import java.util.Set;
import org.ikebana.vici.wire.Message;

/** A command of vici. */
public interface Command {
    String name();

    /** The events in which it streams its results to clients that have registered for them. */
    default Set<String> events() {
        return Set.of();
    }

    /**
     * Carries it out; may take as long as it has to.
     *
     * @param request wiped when this returns
     * @return the answer, with {@code success} and {@code errmsg} where vici has them: see {@link Answer}
     * @throws InterruptedException when the client has gone or the daemon ends: stops, without an answer
     */
    Message run(Message request, Caller caller) throws InterruptedException;
}
