package org.ikebana.config.syntax;

import java.util.List;
import org.ikebana.ike.connection.SourceRef;

/** What stands right of the {@code =}. It may be a secret, so it never prints itself. */
public final class Value {
    /** Characters from {@code start} on stand side by side in the file, the first of them at {@code place}. */
    record Run(int start, SourceRef place) {}

    private final String text;
    private final List<Run> runs;

    /** @param runs in order, the first at 0 */
    Value(String text, List<Run> runs) {
        this.text = text;
        this.runs = List.copyOf(runs);
    }

    /** Without quotes and escapes; what stands apart is joined by one space. Empty to unset an inherited value. */
    public String text() {
        return text;
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    public SourceRef place() {
        return placeOf(0);
    }

    /** Where the character of {@link #text()} at this index stands in the file. */
    public SourceRef placeOf(int index) {
        Run run = runs.getFirst();
        for (Run next : runs) {
            if (next.start > index) {
                break;
            }
            run = next;
        }
        SourceRef place = run.place;
        return new SourceRef(place.file(), place.line(), place.column() + index - run.start);
    }

    @Override
    public String toString() {
        return "Value at " + place();
    }
}
