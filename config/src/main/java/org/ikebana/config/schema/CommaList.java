package org.ikebana.config.schema;

import java.util.ArrayList;
import java.util.List;

/** Values that are lists with commas between the items. */
final class CommaList {
    private CommaList() {}

    /** At least one item, none of them empty. */
    static <T> List<T> parse(String text, ValueType.Parser<T> item) throws BadValue {
        List<T> items = new ArrayList<>();
        int start = 0;
        for (String part : text.split(",", -1)) {
            int blanks = part.length() - part.stripLeading().length();
            if (part.isBlank()) {
                throw new BadValue(start, "an item is missing between the commas", "remove the comma");
            }
            try {
                items.add(item.parse(part.strip()));
            } catch (BadValue bad) {
                throw bad.within(start + blanks);
            }
            start += part.length() + 1;
        }
        return List.copyOf(items);
    }
}
