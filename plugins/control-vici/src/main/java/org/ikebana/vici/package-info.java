/**
 * strongSwan's vici protocol, so that its {@code swanctl}, and whatever else speaks it, drives and watches Ikebana.
 *
 * <p>strongSwan, {@code src/libcharon/plugins/vici/README.md}.
 */
@NullMarked
package org.ikebana.vici;

import org.jspecify.annotations.NullMarked;
