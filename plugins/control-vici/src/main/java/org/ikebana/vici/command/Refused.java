package org.ikebana.vici.command;

import java.util.List;
import org.ikebana.vici.wire.Message;

/** Commands about what Ikebana does not do: they say so, or that there is none. */
public final class Refused {
    private Refused() {}

    public static List<Command> commands() {
        return List.of(
                SimpleCommand.of("get-pools", request -> Message.EMPTY),
                SimpleCommand.of(
                        "load-pool",
                        request -> Answer.failure("virtual IP addresses are not supported, nor pools of them")),
                SimpleCommand.of(
                        "unload-pool",
                        request -> Answer.failure(request.text("name").orElse("pool") + " not found")),
                SimpleCommand.of(
                        "redirect",
                        request -> Message.with()
                                .put("success", "no")
                                .put("matches", 0)
                                .put("errmsg", "redirecting IKE_SAs is not supported")
                                .build()));
    }
}
