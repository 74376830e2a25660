package org.ikebana.config.schema;

/** A text that is not of the type it should be. */
public final class BadValue extends Exception {
    private final int index;
    private final String remedy;

    /** @param index of the first wrong character */
    public BadValue(int index, String message, String remedy) {
        super(message, null, false, false);
        this.index = index;
        this.remedy = remedy;
    }

    public BadValue(String message, String remedy) {
        this(0, message, remedy);
    }

    public int index() {
        return index;
    }

    public String remedy() {
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
