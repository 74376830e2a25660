package org.ikebana.ike.wire;

/** Why a datagram is dropped silently. */
public enum DropCause {
    /** Shorter than an IKE header. */
    TOO_SHORT,
    /** The header's length is not the datagram's. */
    LENGTH_MISMATCH,
    /** Major version 1 or 0 (RFC 7296 2.5). */
    LOWER_MAJOR_VERSION,
    /** A response of a higher major version; a request of one is answered (RFC 7296 2.5). */
    HIGHER_MAJOR_VERSION,
    /** A payload or the chain of payloads does not fit; INVALID_SYNTAX may not be sent in clear (RFC 7296 3.10.1). */
    MALFORMED,
    /** An unknown critical payload where no notification may be sent. */
    UNSUPPORTED_CRITICAL_PAYLOAD
}
