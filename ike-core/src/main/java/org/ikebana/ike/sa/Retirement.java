package org.ikebana.ike.sa;

import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of pairs that send no more, as one with fresh keys, or one of another IKE SA, does so in their place: the inbound SA
 * stays until no packet can be on its way any more.
 */
final class Retirement {
    /** How long packets of a replaced SA may be on their way. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    /** How long nothing has to come in by a pair that sends no more until it is deleted: its peer sends by another one, too. */
    private static final Duration QUIET = Duration.ofSeconds(30);

    private final SaServices services;
    private final ChildSas children;

    Retirement(SaServices services, ChildSas children) {
        this.services = services;
        this.children = children;
    }

    /** Another pair sends the traffic of one that is at work; its inbound SA stays, as the peer may still use it. */
    void relieve(ChildSa child) {
        if (children.retire(child)) {
            closeOnceQuiet(child, children.turns().packetsIn(child));
        }
    }

    /** To a pair of an IKE SA of ours that replaces this one, which goes with its last pair. */
    void giveWay(ChildSa child) {
        relieve(child);
        services.environment().after(Duration.ZERO, () -> {
            if (children.all().isEmpty() && children.owner().isEstablished()) {
                children.owner().terminate(CloseCause.REAUTHENTICATED);
            }
        });
    }

    /** The pair that has relieved this one is gone; without an outbound SA it is of no use. */
    void closeRelieved(ChildSa child) {
        if (children.owner().position() instanceof Established established && stages().isReplaced(child)) {
            established.deletions().announce(child);
            children.drop(child);
        }
    }

    /** The peer knows that a replaced pair is over: its last packets may still be on their way. */
    void linger(ChildSa old) {
        if (stages().isReplaced(old)) {
            stages().linger(old, services.environment().after(LINGER, () -> children.drop(old)));
        }
    }

    /** Its IKE SA ends: one whose children send in the place of this pair, if there is one, takes what is left of it. */
    void outlive(ChildSa old) {
        Optional<ChildSas> successor = children.turns().successor(old).filter(other -> other != children);
        if (successor.isEmpty()) {
            linger(old);
            return;
        }
        children.turns().forget(old);
        stages().removeReplaced(old);
        successor.get().retirement().adopt(old);
    }

    /** Takes a last part of another IKE SA's pair that one of ours has relieved, for as long as packets may be on their way. */
    private void adopt(ChildSa old) {
        stages().replace(old);
        linger(old);
    }

    /** Where its IKE SA does not end before. */
    private void closeOnceQuiet(ChildSa child, long before) {
        services.environment().after(QUIET, () -> {
            long now = stages().isReplaced(child) ? children.turns().packetsIn(child) : before;
            if (now == before) {
                closeRelieved(child);
            } else {
                closeOnceQuiet(child, now);
            }
        });
    }

    private ChildStages stages() {
        return children.stages();
    }
}
