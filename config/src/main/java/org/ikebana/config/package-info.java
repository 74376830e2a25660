/**
 * Reads {@code swanctl.conf} and {@code ikebana.conf} into ike-core's configuration records: {@link
 * org.ikebana.config.ConfigLoader}. Below it, from the ground up: {@code problem}, {@code syntax} (the tree), {@code
 * schema} (the table of keys), {@code swanctl} (the meaning).
 */
@NullMarked
package org.ikebana.config;

import org.jspecify.annotations.NullMarked;
