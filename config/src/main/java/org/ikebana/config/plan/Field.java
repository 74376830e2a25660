package org.ikebana.config.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ikebana.config.schema.Choice;
import org.ikebana.config.schema.Key;
import org.ikebana.config.swanctl.TimeText;
import org.ikebana.ike.connection.SourceRef;

/**
 * How a key of the table shows in what has been made of it.
 *
 * @param text its value, as the configuration writes it
 */
record Field<T>(String key, Function<T, String> text) {
    static <T> Field<T> of(Key<?> key, Function<T, ?> value) {
        return new Field<>(key.name(), from -> String.valueOf(value.apply(from)));
    }

    static <T> Field<T> time(Key<Duration> key, Function<T, Duration> value) {
        return new Field<>(key.name(), from -> TimeText.of(value.apply(from)));
    }

    /** A word of a few. */
    static <T, V> Field<T> word(Key<V> key, Function<T, V> value) {
        return new Field<>(key.name(), from -> word(key, value.apply(from)));
    }

    static <T> List<Difference> differences(
            List<Field<T>> fields, T before, T now, Function<String, SourceRef> places) {
        return fields.stream()
                .flatMap(field -> field.difference(before, now, places))
                .toList();
    }

    private Stream<Difference> difference(T before, T now, Function<String, SourceRef> places) {
        String old = text.apply(before);
        String fresh = text.apply(now);
        return old.equals(fresh) ? Stream.empty() : Stream.of(new Difference(key, old, fresh, places.apply(key)));
    }

    private static <V> String word(Key<V> key, V meaning) {
        if (key.type() instanceof Choice<V> choice) {
            return choice.words().entrySet().stream()
                    .filter(entry -> entry.getValue().equals(meaning))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(String.valueOf(meaning));
        }
        throw new IllegalArgumentException(key.name() + " is no word of a few");
    }
}
