package org.ikebana.ike.sa;

import java.security.SecureRandom;
import java.time.Duration;
import org.ikebana.ike.wire.NotifyType;

/** How long until a rekey is tried again. Random, so that two ends that were in each other's way are not so again. */
enum RetryDelays {
    /** The peer is busy with something that is over soon (RFC 7296 2.25). */
    TEMPORARY_FAILURE(Duration.ofSeconds(5), Duration.ofSeconds(15)),
    /** The peer does not want to; until the hard limit it may change its mind. */
    REFUSED(Duration.ofSeconds(30), Duration.ofSeconds(60));

    private final Duration least;
    private final Duration most;

    RetryDelays(Duration least, Duration most) {
        this.least = least;
        this.most = most;
    }

    /** Whether the same will do if it is asked for again (RFC 7296 2.25, RFC 9370 2.2.4). */
    static boolean isTemporary(int notifyType) {
        return notifyType == NotifyType.TEMPORARY_FAILURE || notifyType == NotifyType.STATE_NOT_FOUND;
    }

    Duration next(SecureRandom random) {
        return least.plusMillis(random.nextLong(most.minus(least).toMillis()));
    }
}
