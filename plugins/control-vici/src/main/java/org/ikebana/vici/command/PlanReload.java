package org.ikebana.vici.command;

import java.util.Set;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.ReloadException;
import org.ikebana.ike.control.ReloadPreview;
import org.ikebana.vici.wire.Message;

/**
 * {@code plan-reload}, which strongSwan has not: what {@code reload-settings} would do, in events {@code plan-reload} with
 * parts of one {@code text}; with {@code format = json} for programs.
 */
public record PlanReload(DaemonControl daemon) implements Command {
    private static final String EVENT = "plan-reload";

    /** Characters, which are at most as many octets as a value of vici may have. */
    private static final int PART = 16_000;

    @Override
    public String name() {
        return "plan-reload";
    }

    @Override
    public Set<String> events() {
        return Set.of(EVENT);
    }

    @Override
    public Message run(Message request, Caller caller) throws InterruptedException {
        boolean isForPrograms = request.text("format").filter("json"::equals).isPresent();
        try {
            ReloadPreview preview = daemon.previewReload();
            stream(isForPrograms ? preview.json() : preview.text(), caller);
            return Answer.success();
        } catch (ReloadException e) {
            return Answer.failure(String.valueOf(e.getMessage()));
        }
    }

    private static void stream(String text, Caller caller) throws InterruptedException {
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(text.length(), from + PART);
            if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
                to--;
            }
            caller.stream(
                    EVENT, Message.with().put("text", text.substring(from, to)).build());
            from = to;
        }
    }
}
