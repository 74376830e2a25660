package org.ikebana.ike.x509;

import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.wire.Octets;

/** A revocation list (RFC 5280 5) as it came: what it says counts for nothing before {@link #trust}. */
public final class RevocationList {
    /** In octets; some 200,000 revocations. */
    public static final int MAX_LENGTH = 8 << 20;

    private final ListFields fields;
    private final int length;

    private RevocationList(ListFields fields, int length) {
        this.fields = fields;
        this.length = length;
    }

    /**
     * Takes long for a long one: not on an event loop.
     *
     * @param encoded DER
     */
    public static RevocationList decode(Octets encoded) throws UnusableStatusException {
        if (encoded.length() > MAX_LENGTH) {
            throw new UnusableStatusException(
                    "it has " + encoded.length() + " octets; at most " + MAX_LENGTH + " are read");
        }
        return new RevocationList(ListFields.read(encoded), encoded.length());
    }

    /** Who it says has made it. */
    public DirectoryName issuer() {
        return fields.issuer();
    }

    /** @throws UnusableStatusException when this authority has not signed it, or it is of a kind that is not understood */
    public TrustedList trust(Certificate authority, CryptoRegistry crypto) throws UnusableStatusException {
        if (!fields.issuer().equals(authority.subject())) {
            throw new UnusableStatusException("it is of " + fields.issuer() + ", not of " + authority);
        }
        if (fields.scope().isIndirect()) {
            throw new UnusableStatusException(
                    "it is an indirect list (RFC 5280 5.2.5), which are not supported; let the CA publish its own");
        }
        if (!authority.maySignLists()) {
            throw new UnusableStatusException("the key usage of " + authority + " does not have cRLSign");
        }
        fields.signature().verify(authority.publicKey(), crypto);
        return new TrustedList(fields, authority, length);
    }
}
