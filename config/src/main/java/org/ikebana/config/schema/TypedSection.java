package org.ikebana.config.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.config.syntax.Setting;
import org.ikebana.config.syntax.View;
import org.ikebana.ike.connection.SourceRef;

/**
 * A section as its type sees it. Whoever reads it need not mind values that cannot be understood: {@link SchemaCheck}
 * has reported them, and they count as not given.
 */
public record TypedSection(View view) {
    public String name() {
        return view.name();
    }

    public SourceRef place() {
        return view.place();
    }

    /** Where this key, or else the section, stands. */
    public SourceRef place(Key<?> key) {
        return view.setting(key.name()).map(setting -> setting.value().place()).orElse(place());
    }

    /** The value, or the key's fixed default. */
    public <T> T get(Key<T> key) {
        return find(key).orElseGet(key::defaultValue);
    }

    /** The value, if it is given and right. */
    public <T> Optional<T> find(Key<T> key) {
        return view.setting(key.name()).flatMap(setting -> parse(key, setting));
    }

    /** The values of a key whose name has a suffix. */
    public <T> List<T> all(Key<T> key) {
        return view.settings().stream()
                .filter(setting ->
                        key.matches(setting.key()) && !setting.value().isEmpty())
                .flatMap(setting -> parse(key, setting).stream())
                .toList();
    }

    public boolean isGiven(Key<?> key) {
        return view.setting(key.name()).isPresent();
    }

    /** Whether all values here and below can be understood, so that it makes sense to compare them. */
    public boolean isSound(SectionType type) {
        return view.settings().stream().allMatch(setting -> isSound(setting, type))
                && view.sections().stream()
                        .allMatch(section -> type.section(section.name())
                                .map(kind -> new TypedSection(section).isSound(kind))
                                .orElse(true));
    }

    public Optional<TypedSection> section(String name) {
        return view.section(name).map(TypedSection::new);
    }

    /** The subsections of a kind. */
    public List<TypedSection> sections(SectionType type) {
        return view.sections().stream()
                .filter(section -> type.matches(section.name()))
                .map(TypedSection::new)
                .toList();
    }

    /** Where the values that are given stand, by key. */
    public Map<String, SourceRef> places() {
        Map<String, SourceRef> places = new HashMap<>();
        view.settings()
                .forEach(setting -> places.put(setting.key(), setting.value().place()));
        return places;
    }

    private static boolean isSound(Setting setting, SectionType type) {
        return setting.value().isEmpty()
                || type.key(setting.key())
                        .filter(key -> key.support() == Support.SUPPORTED)
                        .map(key -> parse(key, setting).isPresent())
                        .orElse(true);
    }

    private static <T> Optional<T> parse(Key<T> key, Setting setting) {
        try {
            return Optional.of(key.type().parse(setting.value().text()));
        } catch (BadValue reported) {
            return Optional.empty();
        }
    }
}
