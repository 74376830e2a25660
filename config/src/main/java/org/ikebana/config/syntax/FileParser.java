package org.ikebana.config.syntax;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.ikebana.config.problem.Problems;
import org.ikebana.ike.connection.SourceRef;

/**
 * Reads one file into a section of the tree. After an error it goes on with the next line, to report all of them. No
 * message repeats text of the file: what stands at the wrong place may be part of a secret.
 */
final class FileParser {
    /** Sections within sections; {@code swanctl.conf} has six. */
    static final int MAX_NESTING = 32;

    /** What is to be done at an {@code include}. */
    interface IncludeHandler {
        void include(Value pattern, Section into);
    }

    /** A pair of braces being read. */
    private record Block(
            Section section, SourceRef opened, Map<String, SourceRef> keys, Map<String, SourceRef> sections) {
        Block(Section section, SourceRef opened) {
            this(section, opened, new HashMap<>(), new HashMap<>());
        }
    }

    private final Scanner scanner;
    private final ValueReader values;
    private final IncludeHandler includes;
    private final Problems problems;
    private final Deque<Block> open = new ArrayDeque<>();

    FileParser(Scanner scanner, IncludeHandler includes, Problems problems) {
        this.scanner = scanner;
        this.values = new ValueReader(scanner, problems);
        this.includes = includes;
        this.problems = problems;
    }

    void parse(Section into) {
        open.push(new Block(into, scanner.here()));
        scanner.skipSpace();
        while (!scanner.atEnd()) {
            statement();
            scanner.skipSpace();
        }
        while (open.size() > 1) {
            problems.error(open.pop().opened(), "this section is never closed", "add '}' at its end");
        }
    }

    private void statement() {
        SourceRef place = scanner.here();
        if (scanner.peek() == '}') {
            close(place);
            return;
        }
        String name = scanner.name();
        if (name.isEmpty()) {
            problems.error(
                    place,
                    "a key, a section or 'include' is expected here",
                    "write 'key = value', 'name { ... }' or 'include file'");
            skipStatement();
        } else if (name.equals("include") && includeFollows()) {
            include(place);
        } else {
            afterName(name, place);
        }
    }

    private void afterName(String name, SourceRef place) {
        scanner.skipBlanks();
        switch (scanner.peek()) {
            case '=' -> setting(name, place);
            case '{' -> openSection(name, place);
            case ':' -> references(name, place);
            case '\n', '#' -> {
                scanner.skipSpace();
                if (scanner.peek() == '{') {
                    openSection(name, place);
                } else {
                    neitherKeyNorSection(place);
                }
            }
            default -> {
                neitherKeyNorSection(place);
                skipStatement();
            }
        }
    }

    private void neitherKeyNorSection(SourceRef place) {
        problems.error(
                place,
                "neither '=' nor '{' follows this name",
                "write 'key = value' on one line, or 'name { ... }' for a section");
    }

    private void setting(String key, SourceRef place) {
        scanner.next();
        var setting = new Setting(key, place, values.read());
        Block block = open.element();
        SourceRef twin = block.keys().putIfAbsent(key, place);
        if (twin != null) {
            problems.error(place, "this key stands in its section twice", "keep one; the first is at " + twin);
            return;
        }
        Setting replaced = block.section().put(setting);
        if (replaced != null) {
            problems.warning(place, "this replaces the value set at " + replaced.place(), "keep one of them");
        }
    }

    private void openSection(String name, SourceRef place) {
        Block parent = open.element();
        SourceRef twin = parent.sections().putIfAbsent(name, place);
        if (twin != null && !isRoot(parent.section())) {
            problems.warning(
                    place, "this section is merged with the one at " + twin, "rename one of them if two are meant");
        }
        Section section = parent.section().open(name, place);
        enter(section);
    }

    /** There, repeated sections are common and no mistake. */
    private static boolean isRoot(Section section) {
        return section.name().isEmpty();
    }

    private void references(String name, SourceRef place) {
        Section section = new Section(name, place);
        SourceRef last = place;
        do {
            scanner.next();
            scanner.skipSpace();
            SourceRef at = scanner.here();
            String path = scanner.name();
            if (path.isEmpty()) {
                problems.error(
                        at, "the name of a section to inherit from is expected here", "write 'name : template {'");
            } else {
                section.refer(new Reference(path, at));
                last = at;
            }
            scanner.skipSpace();
        } while (scanner.peek() == ',');
        if (scanner.peek() == '{') {
            openSection(name, place);
            section.references().forEach(open.element().section()::refer);
        } else {
            boolean isOnLine = scanner.here().line() == last.line();
            problems.error(
                    isOnLine ? scanner.here() : last,
                    isOnLine ? "',' or '{' is expected here" : "',' or '{' is expected after this name",
                    "write 'name : template, template { ... }'");
            if (isOnLine) {
                skipStatement();
            }
        }
    }

    /** The brace that opens the section is next. */
    private void enter(Section section) {
        SourceRef brace = scanner.here();
        scanner.next();
        if (open.size() == MAX_NESTING) {
            problems.error(brace, "sections are nested more than " + MAX_NESTING + " deep", "check the braces");
        }
        open.push(new Block(open.size() < MAX_NESTING ? section : new Section("", brace), brace));
    }

    private void close(SourceRef place) {
        scanner.next();
        if (open.size() > 1) {
            open.pop();
        } else {
            problems.error(place, "there is no open section that '}' could close", "remove it");
        }
    }

    /** Blanks, and then something else than the {@code =} that would make it a key. */
    private boolean includeFollows() {
        if (!Scanner.isBlank(scanner.peek())) {
            return false;
        }
        int ahead = 1;
        while (Scanner.isBlank(scanner.peek(ahead))) {
            ahead++;
        }
        return scanner.peek(ahead) != '=' && scanner.peek(ahead) != '{' && scanner.peek(ahead) != ':';
    }

    private void include(SourceRef place) {
        scanner.skipBlanks();
        var pattern = new ValueBuilder();
        SourceRef start = scanner.here();
        while (!endsPattern(scanner.peek())) {
            if (scanner.peek() == '"') {
                values.string(pattern);
            } else {
                if (scanner.peek() == '\\' && "\"#} \\".indexOf(scanner.peek(1)) >= 0) {
                    scanner.next();
                }
                SourceRef at = scanner.here();
                pattern.append(scanner.next(), at);
            }
        }
        Value file = pattern.build(start);
        if (file.isEmpty()) {
            problems.error(place, "'include' names no file", "write 'include file' or 'include conf.d/*.conf'");
        } else {
            includes.include(file, open.element().section());
        }
    }

    private static boolean endsPattern(char character) {
        return character == '\n'
                || character == '#'
                || character == '}'
                || character == Scanner.END
                || Scanner.isBlank(character);
    }

    /** Over what makes no sense; a section that opens there is read, to know its end, but forgotten. */
    private void skipStatement() {
        while (!scanner.atEnd()) {
            switch (scanner.peek()) {
                case '\n', '}', '#' -> {
                    return;
                }
                case '{' -> {
                    enter(new Section("", scanner.here()));
                    return;
                }
                case '"' -> values.string(new ValueBuilder());
                default -> scanner.next();
            }
        }
    }
}
