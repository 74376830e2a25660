package org.ikebana.config.schema;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.config.problem.Nearest;
import org.ikebana.config.problem.Problem;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.problem.Quote;
import org.ikebana.config.syntax.Setting;
import org.ikebana.config.syntax.View;
import org.ikebana.ike.connection.SourceRef;

/** Holds a tree against the table: unknown keys and sections, values of the wrong type, what is not supported. */
public final class SchemaCheck {
    private final SectionType root;
    private final Problems problems;

    public SchemaCheck(SectionType root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    public void check(View document) {
        check(document, root);
    }

    private void check(View view, SectionType type) {
        for (Setting setting : view.settings()) {
            type.key(setting.key())
                    .ifPresentOrElse(key -> checkKey(setting, key, type), () -> unknownKey(setting, type));
        }
        for (View section : view.sections()) {
            type.section(section.name())
                    .filter(known -> type.key(section.name()).isEmpty())
                    .ifPresentOrElse(known -> checkSection(section, known), () -> unknownSection(section, type));
        }
    }

    private void checkSection(View view, SectionType type) {
        report(type.support(), view.place(), "section '" + type.path() + "'", type.reason());
        check(view, type);
    }

    private void checkKey(Setting setting, Key<?> key, SectionType type) {
        String value = setting.value().text();
        if (value.isEmpty() || type.support() != Support.SUPPORTED) {
            return;
        }
        if (key.support() != Support.SUPPORTED) {
            if (!key.isDefault(value)) {
                report(key.support(), setting.place(), "'" + key.stem() + "'", key.reason());
            }
            return;
        }
        try {
            key.type().parse(value);
        } catch (BadValue bad) {
            problems.error(new Problem(
                    setting.value().placeOf(bad.index()), key.stem() + ": " + bad.getMessage(), bad.remedy()));
        }
    }

    private void report(Support support, SourceRef place, String what, String reason) {
        switch (support) {
            case SUPPORTED -> {}
            case WITHOUT_EFFECT -> problems.warning(place, what + " has no effect", reason);
            case IKEV1_ONLY ->
                problems.warning(place, what + " is ignored", "it is for IKEv1, which is not spoken here");
            case IGNORED -> problems.warning(place, what + " is not supported yet and ignored", reason);
            case REFUSED -> problems.error(place, what + " is not supported yet", reason);
        }
    }

    private void unknownKey(Setting setting, SectionType type) {
        String name = setting.key();
        if (type.sections().stream().anyMatch(section -> section.stem().equals(name))) {
            problems.error(setting.place(), "this is a section, not a key", "write it with braces: 'name { ... }'");
            return;
        }
        List<String> known = type.keys().stream().map(Key::name).toList();
        String remedy = Nearest.to(name, known)
                .map(SchemaCheck::didYouMean)
                .or(() -> type.confidential() ? Optional.empty() : elsewhere(name))
                .orElseGet(() -> knownHere(type.keys().stream()
                        .filter(key -> key.support() == Support.SUPPORTED)
                        .map(Key::name)
                        .toList()));
        String what = type.confidential() ? "unknown key" : "unknown key " + Quote.of(name);
        problems.error(setting.place(), what + in(type), remedy);
    }

    private void unknownSection(View section, SectionType type) {
        if (section.isTemplate() && type == root) {
            return;
        }
        String name = section.name();
        List<String> known = type.sections().stream().map(SectionType::name).toList();
        Optional<String> meant = Nearest.to(
                        name, type.sections().stream().map(SectionType::stem).toList())
                .map(SchemaCheck::didYouMean);
        if (type.key(name).isPresent()) {
            problems.error(section.place(), "this is a key, not a section", "write 'key = value'");
        } else if (type == root && meant.isEmpty()) {
            problems.warning(
                    section.place(),
                    "section " + Quote.of(name) + " has no effect: no section inherits from it",
                    knownHere(known));
        } else {
            problems.error(
                    section.place(),
                    "unknown section " + Quote.of(name) + in(type),
                    meant.orElseGet(() -> knownHere(known)));
        }
    }

    private static String in(SectionType type) {
        return type.path().isEmpty() ? "" : " in " + type.path();
    }

    private static String didYouMean(String name) {
        return "did you mean '" + name + "'?";
    }

    private static String knownHere(List<String> names) {
        return names.isEmpty() ? "remove it" : "known here: " + String.join(", ", names);
    }

    /** The key may be right, but in another section, or come from {@code ipsec.conf}. */
    private Optional<String> elsewhere(String name) {
        Optional<String> legacy = IpsecConfKeys.successor(name).map(key -> "swanctl.conf calls it '" + key + "'");
        Stream<String> homes = root.walk()
                .filter(type -> type.keys().stream().anyMatch(key -> key.name().equals(name)))
                .map(SectionType::path);
        return legacy.or(() -> homes.findFirst().map(path -> "it belongs in " + path));
    }
}
