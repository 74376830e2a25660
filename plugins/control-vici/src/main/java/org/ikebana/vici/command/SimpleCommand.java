package org.ikebana.vici.command;

import org.ikebana.vici.wire.Message;

/** A command that answers and streams nothing. */
public record SimpleCommand(String name, Body body) implements Command {
    /** What it does. */
    public interface Body {
        Message run(Message request) throws InterruptedException;
    }

    public static Command of(String name, Body body) {
        return new SimpleCommand(name, body);
    }

    @Override
    public Message run(Message request, Caller caller) throws InterruptedException {
        return body.run(request);
    }
}
