package org.ikebana.kernel.memory;

/** What became of a packet that came in. */
public sealed interface InboundVerdict {
    /** Unwrapped and handed on. */
    record Accepted(IpPacket.Clear packet) implements InboundVerdict {}

    record Dropped(Cause cause) implements InboundVerdict {}

    /** With the counter of /proc/net/xfrm_stat that Linux keeps of it. */
    enum Cause {
        /** There is no SA with this SPI (XfrmInNoStates). */
        NO_SA,
        /** The SA is only reserved (XfrmAcquireError). */
        LARVAL,
        /** Wrapped in UDP where the SA is not, or the other way round; or the SA is an outbound one (XfrmInStateMismatch). */
        ENCAPSULATION,
        /** Seen before, or too old (XfrmInStateSeqError; RFC 4303 3.4.3). */
        REPLAYED,
        /** The SA has reached its hard limit with this packet (XfrmInStateExpired). */
        SA_EXPIRED,
        /** The sender has other keys or algorithms (XfrmInStateProtoError). */
        INTEGRITY,
        /** Tunnel where the SA has transport, or the like (XfrmInStateModeError). */
        MODE,
        /** It is not among what the SA's selector lets through (XfrmInStateMismatch). */
        SELECTOR,
        /** It came through a tunnel that no policy allows for (XfrmInNoPols). */
        NO_POLICY,
        /** A policy drops it (XfrmInPolBlock). */
        BLOCKED,
        /** It came in clear, or through another SA, where a policy wants protection (XfrmInTmplMismatch). */
        UNPROTECTED
    }
}
