package org.ikebana.vici.command;

import org.ikebana.vici.wire.Message;

/** The usual answers. */
public final class Answer {
    private Answer() {}

    public static Message success() {
        return Message.with().put("success", "yes").build();
    }

    public static Message failure(String reason) {
        return Message.with().put("success", "no").put("errmsg", reason).build();
    }
}
