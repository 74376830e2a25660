package org.ikebana.ike.sa;

import java.util.Optional;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.Role;

/** Asks for children of an IKE SA, wherever that stands. */
record ChildAsking(IkeSa sa, SaServices services) {
    void add(ChildRequest request) {
        switch (sa.position()) {
            case Beginning beginning -> beginning.addChild(request);
            case Awaiting waiting -> {
                if (!waiting.continuation().addChild(request)) {
                    tooLateFor(request);
                }
            }
            case Established established -> established.createChild(request, Optional.empty());
            case HalfOpen h -> tooLateFor(request);
            case Rekeyed r -> tooLateFor(request);
            case Closing c -> tooLateFor(request);
            case Closed c -> tooLateFor(request);
        }
    }

    boolean hasChance() {
        return sa.position() instanceof Initiating
                || sa.position() instanceof Intermediate
                || sa.position() instanceof Authenticating a && !a.isGivenUp()
                || sa.position() instanceof Awaiting && sa.id().role() == Role.INITIATOR
                || sa.isEstablished();
    }

    private void tooLateFor(ChildRequest request) {
        services.listener()
                .childFailed(
                        sa,
                        request.config(),
                        new Failure.LocalFailure(sa.name() + " takes no children", Optional.empty()));
    }
}
