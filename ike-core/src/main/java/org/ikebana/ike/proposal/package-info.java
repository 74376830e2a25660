/**
 * Transforms and proposals: strongSwan's syntax, selection, and why two proposals do not match.
 *
 * <p>RFC 7296 2.7, 3.3, RFC 8247, RFC 8221.
 */
@NullMarked
package org.ikebana.ike.proposal;

import org.jspecify.annotations.NullMarked;
