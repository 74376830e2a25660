/**
 * Traffic selectors: parse, narrow, contain, print, and why two sets do not match.
 *
 * <p>RFC 7296 2.9, 3.13, RFC 4301 4.4.1.
 */
@NullMarked
package org.ikebana.ike.ts;

import org.jspecify.annotations.NullMarked;
