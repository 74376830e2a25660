package org.ikebana.config.schema;

import static java.util.stream.Collectors.joining;

/** The reference documentation of a table as a manual page of section 5, in AsciiDoc. */
public final class ManualPage {
    private ManualPage() {}

    /**
     * @param name of the page
     * @param purpose of the file, in a few words without markup
     * @param file that it is about, with its usual place
     */
    public static String of(String name, String purpose, String file, SectionType root) {
        return """
                = %1$s(5)
                :doctype: manpage
                :manmanual: Ikebana Manual
                :mansource: Ikebana

                == NAME
                %1$s - %2$s

                == DESCRIPTION
                The keys of %3$s. *ikebana check* reads the file, says what is wrong with it, and what it brings up.
                """.formatted(name, purpose, plain(file))
                + root.walk()
                        .filter(section -> !section.keys().isEmpty())
                        .map(ManualPage::section)
                        .collect(joining());
    }

    private static String section(SectionType section) {
        String title = section.path().isEmpty() ? "KEYS" : plain(section.path());
        return "\n== " + title + "\n"
                + (section.path().isEmpty() ? "" : plain(section.meaning()) + ".\n")
                + section.keys().stream().map(key -> key(section, key)).collect(joining());
    }

    private static String key(SectionType section, Key<?> key) {
        Support support = section.support() == Support.SUPPORTED ? key.support() : section.support();
        String preset = key.presetWords();
        return "\n*%s* = _%s_::\n%s.%s%s\n"
                .formatted(
                        plain(key.name()),
                        plain(key.type().form()),
                        plain(key.meaning()),
                        preset.isEmpty() ? "" : " Default: " + plain(preset) + ".",
                        support == Support.SUPPORTED ? "" : " (" + plain(support.words()) + ")");
    }

    /** Nothing in it is markup. */
    private static String plain(String text) {
        return "pass:c[" + text.replace("]", "\\]") + "]";
    }
}
