package org.ikebana.kernel.tun.plane;

/** Why a packet went no further; the names are those of /proc/net/xfrm_stat where Linux has the cause too. */
public enum Drop {
    /** From the host: no IP packet, or no super-packet that can be taken apart. */
    OUT_MALFORMED,
    /** From the host: led here by its destination, but nothing protects traffic from its source. */
    OUT_NO_POLICY,
    OUT_POLICY_BLOCK,
    /** Waited for an SA that did not come, or too many waited. */
    OUT_NO_STATES,
    OUT_STATE_EXPIRED,
    OUT_STATE_SEQ_ERROR,
    /** Longer than the path takes. */
    OUT_TOO_BIG,
    /** A fragment, which transport mode cannot carry (RFC 4301 7). */
    OUT_FRAGMENT,
    IN_HEADER_ERROR,
    IN_NO_STATES,
    /** Came in UDP where the SA says raw, or the other way round. */
    IN_STATE_MISMATCH,
    IN_STATE_SEQ_ERROR,
    IN_STATE_EXPIRED,
    IN_STATE_PROTO_ERROR,
    /** What came out is no IP packet of the SA's kind. */
    IN_INNER_ERROR,
    /** RFC 6040 4.2: congestion experienced by a packet that cannot say so. */
    IN_ECN,
    IN_NO_POLICIES,
    IN_POLICY_BLOCK,
    /** The SA is not the one that the policy asks for. */
    IN_TEMPLATE_MISMATCH,
    IN_NAT_KEEPALIVE,
    /** A dummy packet, sent to hide the traffic's flow (RFC 4303 2.6). */
    IN_DUMMY,
    /** The host took no more. */
    IN_HOST_FULL
}
