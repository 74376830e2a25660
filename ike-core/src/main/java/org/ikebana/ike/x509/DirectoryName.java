package org.ikebana.ike.x509;

import org.bouncycastle.asn1.x500.X500Name;
import org.ikebana.ike.wire.Octets;

/** A name in DER, compared as RFC 5280 7.1 says. */
public final class DirectoryName {
    private static final int MAX_PRINTED = 200;

    private final Octets encoded;
    private final X500Name name;

    DirectoryName(Octets encoded, X500Name name) {
        this.encoded = encoded;
        this.name = name;
    }

    public Octets encoded() {
        return encoded;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DirectoryName that && (encoded.equals(that.encoded) || name.equals(that.name));
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** For people: printable and of bounded length, whatever it holds. */
    @Override
    public String toString() {
        String text = name.toString().replaceAll("[^ -~]", "?");
        String bounded = text.length() > MAX_PRINTED ? text.substring(0, MAX_PRINTED) + "..." : text;
        return "\"" + bounded + "\"";
    }
}
