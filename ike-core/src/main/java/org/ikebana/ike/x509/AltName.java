package org.ikebana.ike.x509;

import org.ikebana.ike.wire.Octets;

/**
 * A subjectAltName (RFC 5280 4.2.1.6) of a kind that IKE has identities of.
 *
 * @param value characters, the octets of an address, or a name in DER
 */
public record AltName(Kind kind, Octets value) {
    /** The kinds, in no order. */
    public enum Kind {
        RFC822_NAME,
        DNS_NAME,
        DIRECTORY_NAME,
        IP_ADDRESS
    }
}
