/**
 * What a certification authority makes, with Bouncy Castle: keys, certificates, requests for them, revocation lists (RFC 5280, RFC
 * 2986). Keys sign through {@link org.ikebana.ike.crypto.SigningKey}, wherever they are kept.
 */
@NullMarked
package org.ikebana.daemon.authority;

import org.jspecify.annotations.NullMarked;
