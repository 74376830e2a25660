package org.ikebana.config.syntax;

import org.ikebana.config.problem.Problems;
import org.ikebana.ike.connection.SourceRef;

/** Reads what follows an {@code =}: words and quoted strings up to the end of the line, a comment or a brace. */
final class ValueReader {
    private static final String UNTERMINATED_REMEDY =
            "close it with '\"', or end the line with '\\' to go on in the next one";

    private final Scanner scanner;
    private final Problems problems;

    ValueReader(Scanner scanner, Problems problems) {
        this.scanner = scanner;
        this.problems = problems;
    }

    Value read() {
        var value = new ValueBuilder();
        scanner.skipBlanks();
        SourceRef start = scanner.here();
        while (!endsValue(scanner.peek())) {
            value.separate(scanner.here());
            if (scanner.peek() == '"') {
                string(value);
            } else {
                word(value);
            }
            scanner.skipBlanks();
        }
        return value.build(start);
    }

    /** Appends the string that starts here. In it {@code \n}, {@code \r} and {@code \t} are what they are in C. */
    void string(ValueBuilder value) {
        SourceRef open = scanner.here();
        scanner.next();
        while (scanner.peek() != '"') {
            if (scanner.atEnd() || scanner.peek() == '\n') {
                problems.error(open, "this string does not end on its line", UNTERMINATED_REMEDY);
                return;
            }
            SourceRef place = scanner.here();
            char character = scanner.next();
            if (character == '\\') {
                escape(value, place);
            } else if (character != '\r') {
                value.append(character, place);
            }
        }
        scanner.next();
    }

    private void escape(ValueBuilder value, SourceRef place) {
        if (scanner.peek() == '\r' && scanner.peek(1) == '\n') {
            scanner.next();
        }
        if (scanner.atEnd()) {
            return;
        }
        char escaped = scanner.next();
        switch (escaped) {
            case '\n' -> {}
            case 'n' -> value.append('\n', place);
            case 'r' -> value.append('\r', place);
            case 't' -> value.append('\t', place);
            default -> value.append(escaped, place);
        }
    }

    private void word(ValueBuilder value) {
        while (!endsValue(scanner.peek()) && scanner.peek() != '"' && !Scanner.isBlank(scanner.peek())) {
            SourceRef place = scanner.here();
            value.append(scanner.next(), place);
        }
    }

    private static boolean endsValue(char character) {
        return character == '\n' || character == '#' || character == '}' || character == Scanner.END;
    }
}
