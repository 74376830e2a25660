package org.ikebana.ike.auth;

/** An identity that cannot be understood; the message names it and what would do. */
public final class IdentitySyntaxException extends Exception {
    private final int index;

    IdentitySyntaxException(String message, int index) {
        super(message);
        this.index = index;
    }

    /** Where in the text the fault is, counted from 0. */
    public int index() {
        return index;
    }
}
