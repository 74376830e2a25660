/**
 * Algorithms as values, found by their IANA transform, and the key schedule.
 *
 * <p>RFC 7296 2.13 to 2.18, RFC 5282, RFC 7634, RFC 6989, RFC 8031.
 */
@NullMarked
package org.ikebana.ike.crypto;

import org.jspecify.annotations.NullMarked;
