package org.ikebana.config.schema;

/**
 * What kind of value a key takes.
 *
 * @param <T> what it becomes
 */
public interface ValueType<T> {
    /** Never given an empty text, which stands for the default. */
    T parse(String text) throws BadValue;

    /** For the documentation, like {@code time} or {@code yes|no}. */
    String form();

    /** A type made of a function. */
    static <T> ValueType<T> of(String form, Parser<T> parser) {
        return new ValueType<>() {
            @Override
            public T parse(String text) throws BadValue {
                return parser.parse(text);
            }

            @Override
            public String form() {
                return form;
            }
        };
    }

    /** Turns text into a value. */
    @FunctionalInterface
    interface Parser<T> {
        T parse(String text) throws BadValue;
    }
}
