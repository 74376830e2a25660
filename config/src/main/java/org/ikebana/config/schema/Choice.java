package org.ikebana.config.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.ikebana.config.problem.Nearest;
import org.ikebana.config.problem.Quote;

/**
 * One word of a few, in upper or lower case.
 *
 * @param words documented ones, in the order of the documentation
 * @param synonyms also taken
 * @param notYet words of strongSwan that are not supported yet
 */
public record Choice<T>(Map<String, T> words, Map<String, T> synonyms, Set<String> notYet) implements ValueType<T> {
    /** {@code yes} or {@code no}. */
    public static final Choice<Boolean> BOOLEAN = Choice.<Boolean>none()
            .word("yes", true)
            .word("no", false)
            .synonym("true", true)
            .synonym("enabled", true)
            .synonym("1", true)
            .synonym("false", false)
            .synonym("disabled", false)
            .synonym("0", false);

    public Choice {
        words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
        synonyms = Map.copyOf(synonyms);
        notYet = Collections.unmodifiableSet(new LinkedHashSet<>(notYet));
    }

    public static <T> Choice<T> none() {
        return new Choice<>(Map.of(), Map.of(), Set.of());
    }

    public Choice<T> word(String word, T meaning) {
        return new Choice<>(with(words, word, meaning), synonyms, notYet);
    }

    public Choice<T> synonym(String word, T meaning) {
        return new Choice<>(words, with(synonyms, word, meaning), notYet);
    }

    public Choice<T> notYet(String word) {
        Set<String> more = new LinkedHashSet<>(notYet);
        more.add(word);
        return new Choice<>(words, synonyms, more);
    }

    @Override
    public T parse(String text) throws BadValue {
        String word = text.toLowerCase(Locale.ROOT);
        T meaning = words.containsKey(word) ? words.get(word) : synonyms.get(word);
        if (meaning != null) {
            return meaning;
        }
        String all = "write " + String.join(" or ", words.keySet());
        if (notYet.contains(word)) {
            throw new BadValue(Quote.of(text) + " is not supported yet", all);
        }
        throw new BadValue(
                Quote.of(text) + " is not one of its values",
                Nearest.to(text, words.keySet())
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse(all));
    }

    @Override
    public String form() {
        return String.join("|", words.keySet());
    }

    private static <T> Map<String, T> with(Map<String, T> map, String word, T meaning) {
        Map<String, T> more = new LinkedHashMap<>(map);
        more.put(word, meaning);
        return more;
    }
}
