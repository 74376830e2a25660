package org.ikebana.config.syntax;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A tree on one line, for tests to compare with: {@code a=[1] b{c=[x y]}}. */
final class TreeText {
    private TreeText() {}

    static String of(Section section) {
        return join(
                section.settings().stream().map(TreeText::of),
                section.sections().stream().map(child -> child.name() + references(child) + "{" + of(child) + "}"));
    }

    /** With all that is inherited. */
    static String of(View view) {
        return join(
                view.settings().stream().map(TreeText::of),
                view.sections().stream().map(child -> child.name() + "{" + of(child) + "}"));
    }

    private static String of(Setting setting) {
        return setting.key() + "=[" + setting.value().text() + "]";
    }

    private static String references(Section section) {
        return section.references().stream()
                .map(reference -> ":" + reference.path())
                .collect(Collectors.joining());
    }

    private static String join(Stream<String> settings, Stream<String> sections) {
        return Stream.concat(settings, sections).collect(Collectors.joining(" "));
    }
}
