package org.ikebana.ike.connection;

import java.util.Map;

/** Where a setting stands in the configuration; line and column count from 1, 0 means the whole file. */
public record SourceRef(String file, int line, int column) {
    /** Of what stands in no file. */
    public static final SourceRef UNKNOWN = new SourceRef("configuration", 0, 0);

    /** That of the key, or else that of the section, which stands under the empty key. */
    static SourceRef nearest(Map<String, SourceRef> places, String key) {
        return places.getOrDefault(key, places.getOrDefault("", UNKNOWN));
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line;
    }
}
