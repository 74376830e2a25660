/**
 * Who a peer is and how it proves it: identities, shared keys, the AUTH payload.
 *
 * <p>RFC 7296 2.15, 3.5, 3.8; RFC 4945; RFC 7427.
 */
@NullMarked
package org.ikebana.ike.auth;

import org.jspecify.annotations.NullMarked;
