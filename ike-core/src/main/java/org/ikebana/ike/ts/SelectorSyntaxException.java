package org.ikebana.ike.ts;

/** A traffic selector that cannot be understood; the message names the part at fault and what would do. */
public final class SelectorSyntaxException extends Exception {
    private final String token;
    private final int index;

    SelectorSyntaxException(String message, String token, int index) {
        super(message);
        this.token = token;
        this.index = index;
    }

    public String token() {
        return token;
    }

    /** Where the token stands in the text that was parsed, counted from 0. */
    public int index() {
        return index;
    }
}
