package org.ikebana.ike.event;

/** Why a datagram was dropped; each is counted. */
public enum DatagramDrop {
    /** Not IKEv2, or not a message at all. */
    UNREADABLE,
    /** SPIs that belong to no IKE SA. */
    UNKNOWN_SPI,
    /** Message ID outside the window (RFC 7296 2.3). */
    OUTSIDE_WINDOW,
    /** An IKE_SA_INIT that is no fresh request. */
    UNEXPECTED_INIT,
    /** The integrity check failed. */
    NOT_AUTHENTIC,
    /** A request while it is being found out whether the peer may come in; its repetition is answered. */
    AWAITING_STATUS,
    /** A request while our signature is being made; its repetition is answered. */
    AWAITING_SIGNATURE,
    /** A repeated IKE_SA_INIT while the key exchange is being computed; the answer to the first is on its way. */
    AWAITING_KEY_EXCHANGE,
    /** Payloads that this exchange does not have, or in clear where they must be protected. */
    AGAINST_THE_RULES,
    /** A fragment that is there already, of an older set than the one at hand, or one of too many (RFC 7383 2.6). */
    UNWANTED_FRAGMENT,
    /** Too many half-open IKE SAs, in all or from this address. */
    HALF_OPEN_LIMIT,
    /** A peer begins an IKE SA before the configuration is there, or while we are going; its repetition may be taken. */
    NOT_OPEN,
    /** A new peer's, while too much is waiting to be done for those that are there. */
    TOO_BUSY,
    /** More messages in clear about SAs that one end does not know than are taken notice of (RFC 7296 2.4, 2.21.4). */
    CLEAR_LIMIT,
    /** A CREATE_CHILD_SA request of a peer that makes more than it may; it is told to wait (RFC 7296 2.25). */
    CREATE_CHILD_LIMIT,
    /** A request of a peer that makes more than it may, of whatever kind; its repetition may be taken. */
    REQUEST_LIMIT,
    /** A request that is repeated more often than its reply is said again (RFC 7296 2.1). */
    REPEATED_REPLY_LIMIT,
    /** A QCD token that is not the one the peer has told us (RFC 6290). */
    WRONG_TOKEN
}
