package org.ikebana.config.schema;

import org.jspecify.annotations.Nullable;

/**
 * The default of a key. What it means is read once, when it is first asked for: of ten thousand connections each leaves most of its
 * keys at their defaults.
 */
public final class Preset<T> {
    private final String text;
    private final ValueType<T> type;
    private volatile @Nullable T value;

    Preset(String text, ValueType<T> type) {
        this.text = text;
        this.type = type;
    }

    /** In the form of a value. */
    public String text() {
        return text;
    }

    T value() {
        T known = value;
        if (known != null) {
            return known;
        }
        try {
            T read = type.parse(text);
            value = read;
            return read;
        } catch (BadValue bad) {
            throw new AssertionError("The default " + text + " is not " + type.form(), bad);
        }
    }
}
