package org.ikebana.ike.wire;

/** What became of a datagram: IKEv2 accepts, drops silently, or answers with a notification. */
public sealed interface Decoded {
    record Accepted(IkeMessage message) implements Decoded {}

    /**
     * Nothing is sent.
     *
     * @param detail what is wrong and where, for people
     */
    record Dropped(DropCause cause, String detail) implements Decoded {}

    /**
     * A request that is refused with one unprotected notification, in a message under {@link IkeHeader#answer()}. How
     * often to do so is the receiver's decision (RFC 7296 2.21).
     *
     * @param header as received
     * @param detail what is wrong and where, for people
     */
    record Answered(IkeHeader header, NotifyPayload notification, String detail) implements Decoded {}
}
