package org.ikebana.ike.crypto;

/** A key that is malformed, or of a kind or size that is not accepted; the message says which. */
public final class UnusableKeyException extends Exception {
    public UnusableKeyException(String message) {
        super(message);
    }

    public UnusableKeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
