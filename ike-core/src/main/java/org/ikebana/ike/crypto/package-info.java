/**
 * Algorithms as values, found by their IANA transform, and the key schedule.
 *
 * <p>RFC 7296 2.12 to 2.18 and 3.14; AEADs: RFC 5282, RFC 7634; AES-CTR: RFC 5930; MACs: RFC 4868, RFC 4434,
 * RFC 4615, RFC 4494; key exchange: RFC 3526, RFC 5903, RFC 6954, RFC 8031, RFC 6989; signatures: RFC 7427,
 * RFC 4754, RFC 8420, draft-ietf-ipsecme-ikev2-pqc-auth.
 */
@NullMarked
package org.ikebana.ike.crypto;

import org.jspecify.annotations.NullMarked;
