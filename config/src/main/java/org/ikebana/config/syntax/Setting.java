package org.ikebana.config.syntax;

import org.ikebana.ike.connection.SourceRef;

/** One {@code key = value}; {@code place} is that of the key. */
public record Setting(String key, SourceRef place, Value value) {}
