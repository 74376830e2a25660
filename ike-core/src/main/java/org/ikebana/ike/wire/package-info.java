/**
 * What stands in a datagram: one record a payload, read and written, without crypto and without state.
 *
 * <p>RFC 7296 section 3, RFC 7383 section 2.5 (SKF).
 */
@NullMarked
package org.ikebana.ike.wire;

import org.jspecify.annotations.NullMarked;
