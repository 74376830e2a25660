package org.ikebana.ike.x509;

import java.io.IOException;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.ikebana.ike.wire.Octets;

/** A name in DER, compared as RFC 5280 7.1 says. */
public final class DirectoryName {
    private static final int MAX_PRINTED = 200;

    private final Octets encoded;
    private final X500Name name;
    private final String text;

    private DirectoryName(Octets encoded, X500Name name, String text) {
        this.encoded = encoded;
        this.name = name;
        this.text = text;
    }

    /**
     * Looks at all of it, which Bouncy Castle leaves until it is printed or compared.
     *
     * @throws IOException when it is malformed; exceptions of many kinds as well
     */
    static DirectoryName of(X500Name name) throws IOException {
        boolean isComparable = BCStyle.INSTANCE.areEqual(name, name);
        if (!isComparable) {
            throw new IOException("a name that is not equal to itself");
        }
        return new DirectoryName(Octets.wrap(name.getEncoded("DER")), name, printable(name.toString()));
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
        return text;
    }

    private static String printable(String name) {
        String text = name.replaceAll("[^ -~]", "?");
        String bounded = text.length() > MAX_PRINTED ? text.substring(0, MAX_PRINTED) + "..." : text;
        return "\"" + bounded + "\"";
    }
}
