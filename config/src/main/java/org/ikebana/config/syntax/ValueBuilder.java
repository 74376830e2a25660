package org.ikebana.config.syntax;

import java.util.ArrayList;
import java.util.List;
import org.ikebana.ike.connection.SourceRef;

/** Puts a value together and remembers where its characters came from. */
final class ValueBuilder {
    private final StringBuilder text = new StringBuilder();
    private final List<Value.Run> runs = new ArrayList<>();
    private int expectedLine;
    private int expectedColumn;

    /** @param empty the place of the value as long as it has no characters */
    Value build(SourceRef empty) {
        return new Value(text.toString(), runs.isEmpty() ? List.of(new Value.Run(0, empty)) : runs);
    }

    void append(char character, SourceRef place) {
        if (runs.isEmpty() || place.line() != expectedLine || place.column() != expectedColumn) {
            runs.add(new Value.Run(text.length(), place));
        }
        text.append(character);
        expectedLine = place.line();
        expectedColumn = place.column() + 1;
    }

    /** One space between two parts. */
    void separate(SourceRef place) {
        if (!text.isEmpty()) {
            append(' ', place);
        }
    }
}
