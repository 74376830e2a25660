/**
 * Dispatch by SPI, cookies and half-open limits, connections and their desired state.
 *
 * <p>RFC 7296 2.5, 2.6, 2.21.
 */
@NullMarked
package org.ikebana.ike.engine;

import org.jspecify.annotations.NullMarked;
