package org.ikebana.ike.auth;

import org.ikebana.ike.wire.Octets;

/**
 * An identity (RFC 7296 3.5).
 *
 * @param type ID Type on the wire: 1 ID_IPV4_ADDR, 2 ID_FQDN, 3 ID_RFC822_ADDR, 5 ID_IPV6_ADDR, 9 ID_DER_ASN1_DN,
 *     11 ID_KEY_ID; 0 for {@code %any}, which never goes out
 * @param data as in the ID payload, without type and reserved octets
 */
public record Identity(int type, Octets data) {
    public static final Identity ANY = new Identity(0, Octets.EMPTY);
}
