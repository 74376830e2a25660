package org.ikebana.it.marathon;

import java.time.Duration;
import java.time.Instant;
import org.ikebana.it.peer.TunnelOnCommand.By;
import org.ikebana.it.peer.TunnelOnCommand.Subject;

/**
 * One that was made, or two that were made at once.
 *
 * @param began when it was commanded
 * @param ended when both ends had nothing left to do
 */
record Rekey(Subject subject, By by, Instant began, Instant ended) {
    /** What is on its way at either edge, and how well the clocks of ping and test agree. */
    private static final Duration EDGE = Duration.ofMillis(200);

    boolean covers(Instant moment) {
        return !moment.isBefore(began.minus(EDGE)) && !moment.isAfter(ended.plus(EDGE));
    }
}
