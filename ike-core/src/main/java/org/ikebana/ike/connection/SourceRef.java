package org.ikebana.ike.connection;

import java.util.Map;

/** Where a setting stands in the configuration; line and column count from 1, 0 means the whole file. Ordered as one reads. */
public record SourceRef(String file, int line, int column) implements Comparable<SourceRef> {
    /** Of what stands in no file. */
    public static final SourceRef UNKNOWN = new SourceRef("configuration", 0, 0);

    /** That of the key, or else that of the section, which stands under the empty key. */
    static SourceRef nearest(Map<String, SourceRef> places, String key) {
        return places.getOrDefault(key, places.getOrDefault("", UNKNOWN));
    }

    @Override
    public int compareTo(SourceRef other) {
        int byFile = file.compareTo(other.file);
        int byLine = byFile != 0 ? byFile : Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line;
    }
}
