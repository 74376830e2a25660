package org.ikebana.ike.wire;

/**
 * How a message breaks {@link MessageRules}.
 *
 * @param payloadType the payload it is about, {@link PayloadType#NO_NEXT} where it is about none
 * @param detail what is wrong, for people
 */
public record RuleViolation(Cause cause, int payloadType, String detail) {
    /** What kind of rule is broken. */
    public enum Cause {
        UNKNOWN_EXCHANGE,
        /** Initiator SPI, flags or message ID that the exchange cannot have (RFC 7296 2.2, 3.1). */
        HEADER,
        /** In clear, where only errors may be. */
        NOT_PROTECTED,
        /** A payload that has no place in such a message, or beside an encrypted one. */
        NOT_ALLOWED,
        MISSING,
        REPEATED,
        /** A nonce that is not 16 to 256 octets long (RFC 7296 3.9). */
        NONCE_LENGTH,
        UNSUPPORTED_CRITICAL_PAYLOAD
    }

    static RuleViolation of(Cause cause, String detail) {
        return new RuleViolation(cause, PayloadType.NO_NEXT, detail);
    }

    static RuleViolation unsupported(UnknownPayload critical) {
        return new RuleViolation(Cause.UNSUPPORTED_CRITICAL_PAYLOAD, critical.type(), critical.complaint());
    }

    /**
     * What to answer to a request whose check value was right. To an unprotected request nothing but
     * UNSUPPORTED_CRITICAL_PAYLOAD may be answered, to a response nothing at all (RFC 7296 2.21, 3.10.1).
     */
    public NotifyPayload notification() {
        return cause == Cause.UNSUPPORTED_CRITICAL_PAYLOAD
                ? NotifyPayload.of(NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD, Octets.copyOf((byte) payloadType))
                : NotifyPayload.of(NotifyType.INVALID_SYNTAX);
    }
}
