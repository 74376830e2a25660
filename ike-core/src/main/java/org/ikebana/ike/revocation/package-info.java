/**
 * Whether certificates have been revoked: what is at hand, what is fetched and kept, and what a connection makes of it.
 *
 * <p>RFC 5280 6.3, RFC 6960, RFC 4806. Nothing counts that is not signed by whom it must be ({@code x509}).
 */
@NullMarked
package org.ikebana.ike.revocation;

import org.jspecify.annotations.NullMarked;
