package org.ikebana.config.schema;

import java.util.Optional;

/** A text that is not of the type it should be. */
public final class BadValue extends Exception {
    private final int index;
    private final transient Optional<String> remedy;

    private BadValue(int index, String message, Optional<String> remedy) {
        super(message, null, false, false);
        this.index = index;
        this.remedy = remedy;
    }

    /** Of the whole text. */
    public BadValue(String message, String remedy) {
        this(0, message, Optional.of(remedy));
    }

    /** Of the text from {@code index} on. */
    public BadValue(int index, String message, String remedy) {
        this(index, message, Optional.of(remedy));
    }

    /** With a message that says itself what would do. */
    public static BadValue saying(int index, Exception cause) {
        return new BadValue(index, String.valueOf(cause.getMessage()), Optional.empty());
    }

    public int index() {
        return index;
    }

    public Optional<String> remedy() {
        return remedy;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** The same for a text of which this one was a part, from {@code offset} on. */
    BadValue within(int offset) {
        return new BadValue(index + offset, getMessage(), remedy);
    }
}
