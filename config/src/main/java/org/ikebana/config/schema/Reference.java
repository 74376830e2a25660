package org.ikebana.config.schema;

import static java.util.stream.Collectors.joining;

/** The reference documentation of a table, in Markdown. */
public final class Reference {
    private Reference() {}

    public static String of(SectionType root) {
        return "# " + root.meaning() + "\n"
                + root.walk()
                        .filter(section -> !section.keys().isEmpty())
                        .map(Reference::section)
                        .collect(joining());
    }

    private static String section(SectionType section) {
        String title = section.path().isEmpty() ? "Keys" : "`" + section.path() + "`: " + section.meaning();
        return "\n## " + title + "\n\n"
                + "| key | takes | default | meaning | here |\n|---|---|---|---|---|\n"
                + section.keys().stream().map(key -> key(section, key)).collect(joining());
    }

    private static String key(SectionType section, Key<?> key) {
        Support support = section.support() == Support.SUPPORTED ? key.support() : section.support();
        return "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        key.name(),
                        escape(key.type().form()),
                        escape(key.presetWords()),
                        escape(key.meaning()),
                        support.words());
    }

    private static String escape(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
