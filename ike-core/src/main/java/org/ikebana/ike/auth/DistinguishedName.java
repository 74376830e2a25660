package org.ikebana.ike.auth;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.ikebana.ike.wire.Octets;

/**
 * The name of a certificate's subject (X.501, RFC 5280 4.1.2.4), as far as it has to be compared and printed.
 *
 * @param rdns relative distinguished names in order, each of one attribute as a rule
 */
record DistinguishedName(List<List<Attribute>> rdns) {
    private static final String WILDCARD = "*";

    /**
     * @param oid in dotted form
     * @param value the text, or {@code #} and the DER in hexadecimal of what is no text
     */
    record Attribute(String oid, String value) {
        boolean isWildcard() {
            return value.equals(WILDCARD);
        }

        boolean matches(Attribute pattern) {
            return oid.equals(pattern.oid)
                    && (pattern.isWildcard() || prepared(value).equals(prepared(pattern.value)));
        }

        private String folded() {
            return oid + "=" + new Attribute(oid, prepared(value)).escaped();
        }

        @Override
        public String toString() {
            return AttributeTypes.keyword(oid) + "=" + escaped();
        }

        /** Case and the number of spaces do not count (RFC 5280 7.1). */
        private static String prepared(String value) {
            return value.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        }

        private String escaped() {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                boolean isOuterSpace = c == ' ' && (i == 0 || i == value.length() - 1);
                if (c == ',' || c == '\\' || isOuterSpace) {
                    text.append('\\').append(c);
                } else if (isVisible(c)) {
                    text.append(c);
                } else {
                    text.append(String.format("\\u%04x", (int) c));
                }
            }
            return text.toString();
        }

        private static boolean isVisible(char c) {
            return switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.PRIVATE_USE,
                        Character.SURROGATE,
                        Character.UNASSIGNED -> false;
                default -> true;
            };
        }
    }

    /** Empty for what is no DER encoding of a name. */
    static Optional<DistinguishedName> decode(Octets der) {
        try {
            X500Name name = X500Name.getInstance(ASN1Primitive.fromByteArray(der.toByteArray()));
            return Optional.ofNullable(name)
                    .map(n -> new DistinguishedName(Arrays.stream(n.getRDNs())
                            .map(DistinguishedName::attributes)
                            .toList()));
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    boolean hasWildcard() {
        return wildcards() > 0;
    }

    int wildcards() {
        return (int) rdns.stream()
                .flatMap(List::stream)
                .filter(Attribute::isWildcard)
                .count();
    }

    /** Attribute by attribute in order; a value of {@code *} in the pattern stands for any one. */
    boolean matches(DistinguishedName pattern) {
        if (rdns.size() != pattern.rdns.size()) {
            return false;
        }
        for (int i = 0; i < rdns.size(); i++) {
            if (!matches(rdns.get(i), pattern.rdns.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The same for all names that match one another. */
    String folded() {
        return rdns.stream()
                .map(rdn -> rdn.stream().map(Attribute::folded).collect(joining("+")))
                .collect(joining(", "));
    }

    /** {@code C=CH, O=Linux strongSwan, CN=sun.example.org}. */
    @Override
    public String toString() {
        return rdns.stream()
                .map(rdn -> rdn.stream().map(Attribute::toString).collect(joining("+")))
                .collect(joining(", "));
    }

    private static boolean matches(List<Attribute> rdn, List<Attribute> pattern) {
        if (rdn.size() != pattern.size()) {
            return false;
        }
        for (int i = 0; i < rdn.size(); i++) {
            if (!rdn.get(i).matches(pattern.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<Attribute> attributes(RDN rdn) {
        return Arrays.stream(rdn.getTypesAndValues())
                .map(DistinguishedName::attribute)
                .sorted(Comparator.comparing(Attribute::oid))
                .toList();
    }

    private static Attribute attribute(AttributeTypeAndValue attribute) {
        return new Attribute(attribute.getType().getId(), text(attribute.getValue()));
    }

    private static String text(ASN1Encodable value) {
        if (value instanceof ASN1String string) {
            return string.getString();
        }
        try {
            return "#" + HexFormat.of().formatHex(value.toASN1Primitive().getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new IllegalArgumentException("an attribute value that cannot be encoded", e);
        }
    }
}
