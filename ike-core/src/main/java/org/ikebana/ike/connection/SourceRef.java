package org.ikebana.ike.connection;

/** Where a setting stands in the configuration; line and column count from 1. */
public record SourceRef(String file, int line, int column) {
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
