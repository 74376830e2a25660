package org.ikebana.page;

import java.util.List;

/** Bounds for what a peer can make long, so that it makes no page that nobody can load. */
final class Shortened {
    static final int LONGEST_TEXT = 2000;
    static final int MOST_ITEMS = 50;

    private Shortened() {}

    static String text(Object value) {
        String text = value.toString();
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }

    static List<String> items(List<?> values) {
        return values.stream().limit(MOST_ITEMS).map(Shortened::text).toList();
    }
}
