package org.ikebana.config.schema;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One row of the table.
 *
 * @param name {@code id<suffix>} stands for all names that begin with {@code id}, {@code <number>} for all numbers
 * @param preset the default; empty if it depends on other keys, or if there is none
 * @param presetWords the default in words, for the documentation
 * @param reason what it means that the key is not {@link Support#SUPPORTED}; empty if it is
 * @param meaning one line for the documentation
 */
public record Key<T>(
        String name,
        ValueType<T> type,
        Optional<Preset<T>> preset,
        String presetWords,
        Support support,
        String reason,
        String meaning) {
    private static final String SUFFIX = "<suffix>";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

    /** A key with a fixed default. */
    public static <T> Key<T> of(String name, ValueType<T> type, String preset, String meaning) {
        return new Key<>(name, type, Optional.of(new Preset<>(preset, type)), preset, Support.SUPPORTED, "", meaning);
    }

    /** A key whose default depends on others, or that has none if {@code presetWords} is empty. */
    public static <T> Key<T> derived(String name, ValueType<T> type, String presetWords, String meaning) {
        return new Key<>(name, type, Optional.empty(), presetWords, Support.SUPPORTED, "", meaning);
    }

    public Key<T> with(Support other, String why) {
        return new Key<>(name, type, preset, presetWords, other, why, meaning);
    }

    /** Whether a key of this name belongs to this row. */
    public boolean matches(String key) {
        if (name.equals("<number>")) {
            return NUMBER.matcher(key).matches();
        }
        return name.endsWith(SUFFIX) ? key.startsWith(stem()) : key.equals(name);
    }

    /** The name without its suffix. */
    public String stem() {
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    /** What the default means. */
    public T defaultValue() {
        return preset.orElseThrow().value();
    }

    /** Whether a value says what holds anyway. */
    boolean isDefault(String value) {
        try {
            return preset.isPresent() && type.parse(value).equals(defaultValue());
        } catch (BadValue bad) {
            return false;
        }
    }
}
