package org.ikebana.config.plan;

import org.ikebana.ike.connection.SourceRef;

/**
 * A key whose value changes.
 *
 * @param key as the configuration calls it, within its connection or child: {@code rekey_time}, {@code local.id}
 * @param before as the configuration writes it; nothing secret
 * @param place of the value now, or of its section
 */
public record Difference(String key, String before, String now, SourceRef place) {}
