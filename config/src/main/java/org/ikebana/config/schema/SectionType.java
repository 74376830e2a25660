package org.ikebana.config.schema;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A kind of section and what may stand in it.
 *
 * @param path from the root, as the documentation writes it: {@code connections.<conn>.local<suffix>}
 * @param confidential whether it holds secrets, so that no message may repeat anything of it
 * @param reason what it means that the section is not {@link Support#SUPPORTED}; empty if it is
 * @param meaning one line for the documentation
 */
public record SectionType(
        String path,
        boolean confidential,
        Support support,
        String reason,
        String meaning,
        List<Key<?>> keys,
        List<SectionType> sections) {
    private static final String SUFFIX = "<suffix>";

    public SectionType {
        keys = List.copyOf(keys);
        sections = List.copyOf(sections);
    }

    public static SectionType of(String path, String meaning, List<Key<?>> keys, List<SectionType> sections) {
        return new SectionType(path, false, Support.SUPPORTED, "", meaning, keys, sections);
    }

    /** A section with secrets. */
    public static SectionType secret(String path, String meaning, List<Key<?>> keys) {
        return new SectionType(path, true, Support.SUPPORTED, "", meaning, keys, List.of());
    }

    public SectionType with(Support other, String why) {
        return new SectionType(path, confidential, other, why, meaning, keys, sections);
    }

    /** The last part of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** The name without its suffix. */
    String stem() {
        return name().endsWith(SUFFIX) ? name().substring(0, name().length() - SUFFIX.length()) : name();
    }

    public Optional<Key<?>> key(String wanted) {
        for (Key<?> key : keys) { // no stream: ten thousand connections ask for each of their keys
            if (key.matches(wanted)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    public Optional<SectionType> section(String wanted) {
        return sections.stream().filter(section -> section.matches(wanted)).findFirst();
    }

    /** This one and all below it. */
    public Stream<SectionType> walk() {
        return Stream.concat(Stream.of(this), sections.stream().flatMap(SectionType::walk));
    }

    boolean matches(String section) {
        return name().startsWith("<")
                || (name().endsWith(SUFFIX) ? section.startsWith(stem()) : section.equals(name()));
    }
}
