package org.ikebana.ike.control;

/** The configuration cannot be read: the message says what is wrong, and where. */
public final class ReloadException extends Exception {
    private static final long serialVersionUID = 1L;

    public ReloadException(String message) {
        super(message);
    }
}
