package org.ikebana.config.credential;

/** A file that does not hold what it should; the message says why, and nothing of a secret. */
public final class UnreadableException extends Exception {
    public UnreadableException(String message) {
        super(message);
    }
}
