package org.ikebana.kernel.memory;

import org.ikebana.ike.kernel.PolicyKey;

/** What became of a packet that was to leave. */
public sealed interface OutboundVerdict {
    /** It leaves in clear: no policy matches it, or one lets it pass. */
    record Passed(IpPacket.Clear packet) implements OutboundVerdict {}

    /** It leaves wrapped, and is counted by the SA. */
    record Protected(IpPacket.Wrapped packet) implements OutboundVerdict {}

    /** A policy drops it. */
    record Blocked(PolicyKey policy) implements OutboundVerdict {}

    /** A policy wants an SA that is not there; the ACQUIRE with this number is open. The packet does not leave. */
    record Held(PolicyKey policy, int reqid, int acquireSeq) implements OutboundVerdict {}

    /** A policy wants an SA that cannot be used or asked for. The packet does not leave. */
    record Dropped(PolicyKey policy, Cause cause) implements OutboundVerdict {}

    enum Cause {
        /** No backend is open that would hear an ACQUIRE. */
        NO_KEY_MANAGER,
        /** There are as many SAs as there may be, so no larval one was made. */
        TOO_MANY_SAS,
        /** The SA has reached its hard limit with this packet. */
        SA_EXPIRED,
        /** The SA has no sequence number left (RFC 4303 3.3.3). */
        SEQUENCE_OVERFLOW
    }
}
