package org.ikebana.ike.crypto;

/** A peer's public value that must not be used: wrong length, out of range, not on the curve (RFC 6989 2). */
public final class InvalidPublicValueException extends Exception {
    public InvalidPublicValueException(String message) {
        super(message);
    }
}
