package org.ikebana.vici.command;

import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.sa.ChildSa;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.vici.wire.Message;

/** {@code rekey}: begins it, for IKE SAs or children, and does not wait. */
public final class Rekey implements Command {
    private final DaemonControl daemon;

    public Rekey(DaemonControl daemon) {
        this.daemon = daemon;
    }

    @Override
    public String name() {
        return "rekey";
    }

    @Override
    public Message run(Message request, Caller caller) throws InterruptedException {
        SaSelection selection = SaSelection.of(request);
        if (selection.isEmpty()) {
            return Answer.failure("missing rekey selector");
        }
        boolean isReauthentication = request.isYes("reauth");
        int matches = daemon.ask(engine -> begin(engine, selection, isReauthentication));
        return matches == 0
                ? Message.with()
                        .put("success", "no")
                        .put("matches", 0)
                        .put("errmsg", "no matching SAs to rekey found")
                        .build()
                : Message.with().put("success", "yes").put("matches", matches).build();
    }

    /** On the event loop. */
    private static int begin(IkeEngine engine, SaSelection selection, boolean isReauthentication) {
        int matches = 0;
        for (IkeSa sa : engine.ikeSas()) {
            if (!sa.isEstablished() || !selection.takes(sa.name())) {
                continue;
            }
            if (selection.isAboutChildren()) {
                for (ChildSa child : sa.childSas()) {
                    if (selection.takes(child.name())) {
                        sa.rekeyChild(child);
                        matches++;
                    }
                }
            } else {
                if (isReauthentication) {
                    sa.reauthenticate();
                } else {
                    sa.rekey();
                }
                matches++;
            }
        }
        return matches;
    }
}
