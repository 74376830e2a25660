package org.ikebana.ike.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.ikebana.ike.wire.Octets;

/** Reads {@code C=CH, O=Org, CN=sun} or {@code /C=CH/O=Org/CN=sun}; a backslash takes the next character literally. */
final class DistinguishedNameParser {
    private final String text;
    private final char separator;
    private final X500NameBuilder name = new X500NameBuilder();
    private int position;

    DistinguishedNameParser(String text, int start) {
        this.text = text;
        boolean isSlashed = text.startsWith("/", start);
        this.separator = isSlashed ? '/' : ',';
        this.position = isSlashed ? start + 1 : start;
    }

    /** The DER encoding. */
    Octets parse() throws IdentitySyntaxException {
        do {
            attribute();
        } while (position++ < text.length());
        try {
            return Octets.wrap(name.build().getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new UncheckedIOException("A name that was just made can be encoded", e);
        }
    }

    /** Leaves the position at the separator or the end. */
    private void attribute() throws IdentitySyntaxException {
        int start = position;
        int equals = text.indexOf('=', start);
        String keyword = equals < 0 ? "" : text.substring(start, equals).strip();
        ASN1ObjectIdentifier oid = AttributeTypes.oid(keyword)
                .orElseThrow(() -> new IdentitySyntaxException(
                        "'" + text.substring(start) + "' does not start with an attribute such as C=, O=, OU= or CN="
                                + " of a distinguished name; to mean '" + text + "' literally write keyid:" + text,
                        start));
        position = equals + 1;
        String value = value();
        if (value.isEmpty()) {
            throw new IdentitySyntaxException("'" + keyword + "' has no value", equals);
        }
        name.addRDN(oid, encode(oid.getId(), value));
    }

    private String value() {
        StringBuilder value = new StringBuilder();
        int kept = 0;
        for (; position < text.length() && text.charAt(position) != separator; position++) {
            boolean isEscaped = text.charAt(position) == '\\' && position + 1 < text.length();
            if (isEscaped) {
                position++;
            }
            char c = text.charAt(position);
            boolean isPadding = c == ' ' && !isEscaped;
            if (!isPadding || !value.isEmpty()) {
                value.append(c);
            }
            kept = isPadding ? kept : value.length();
        }
        return value.substring(0, kept);
    }

    /** RFC 5280 A.1 for the attributes with a type of their own, elsewhere the narrowest type of RFC 5280 4.1.2.4. */
    private static ASN1Encodable encode(String oid, String value) {
        boolean isAscii = value.chars().allMatch(c -> c < 0x80);
        if (isAscii && (oid.equals(AttributeTypes.EMAIL) || oid.equals(AttributeTypes.DOMAIN_COMPONENT))) {
            return new DERIA5String(value);
        }
        return DERPrintableString.isPrintableString(value) ? new DERPrintableString(value) : new DERUTF8String(value);
    }
}
