/**
 * X.509 certificates and the paths from them to a certification authority.
 *
 * <p>RFC 5280; RFC 4945 5 for IKE. Paths are looked for here, with bounds, and validated by Bouncy Castle's PKIX.
 */
@NullMarked
package org.ikebana.ike.x509;

import org.jspecify.annotations.NullMarked;
