package org.ikebana.ike.auth;

import java.util.Arrays;
import java.util.Optional;
import org.ikebana.ike.ts.AddressText;
import org.ikebana.ike.ts.IpRange;
import org.ikebana.ike.wire.Octets;

/** Writes identities for people and logs; a peer's may hold anything. */
final class IdentityPrinter {
    /** Longer ones are cut: a peer's may have tens of thousands of octets. */
    private static final int MAX_OCTETS = 256;

    private IdentityPrinter() {}

    static String print(Identity identity) {
        Octets data = identity.data();
        Optional<String> text = switch (identity.type()) {
            case IdType.ANY -> Optional.of("%any").filter(any -> data.isEmpty());
            case IdType.IPV4_ADDR, IdType.IPV6_ADDR ->
                Optional.of(identity).filter(Identity::isConcrete).map(IdentityPrinter::address);
            case IdType.IPV4_ADDR_RANGE -> range(data, 4);
            case IdType.IPV6_ADDR_RANGE -> range(data, 16);
            case IdType.FQDN -> Optional.of(unambiguous(identity, escape(data), "fqdn:"));
            case IdType.RFC822_ADDR -> Optional.of(unambiguous(identity, escape(data), "rfc822:"));
            case IdType.DER_ASN1_DN ->
                Optional.of(data)
                        .filter(d -> d.length() <= Identity.MAX_LENGTH)
                        .flatMap(DistinguishedName::decode)
                        .map(DistinguishedName::toString)
                        .filter(name -> !name.isEmpty())
                        .map(IdentityPrinter::cut);
            case IdType.KEY_ID ->
                Optional.of(escape(data)).filter(t -> isReadable(data, t)).map(t -> "keyid:" + t);
            default -> Optional.empty();
        };
        return text.orElseGet(() -> "{" + identity.type() + "}:#" + hex(data));
    }

    private static String address(Identity identity) {
        String prefix = identity.type() == IdType.IPV4_ADDR ? "ipv4:" : "ipv6:";
        String text = AddressText.print(AddressText.ofOctets(identity.data().toByteArray()));
        return unambiguous(identity, text, prefix);
    }

    private static Optional<String> range(Octets data, int length) {
        byte[] octets = data.toByteArray();
        byte[] first = Arrays.copyOf(octets, length);
        byte[] last = Arrays.copyOfRange(octets, Math.min(length, octets.length), octets.length);
        return octets.length == 2 * length && IpRange.isRange(first, last)
                ? Optional.of(new IpRange(AddressText.ofOctets(first), AddressText.ofOctets(last))
                        .toString()
                        .replace("..", "-"))
                : Optional.empty();
    }

    /** With the type in front where the text alone would be read as something else. */
    private static String unambiguous(Identity identity, String text, String prefix) {
        try {
            return Identity.parse(text).equals(identity) ? text : prefix + text;
        } catch (IdentitySyntaxException e) {
            return prefix + text;
        }
    }

    private static boolean isReadable(Octets data, String escaped) {
        return !data.isEmpty() && escaped.length() == data.length() && !escaped.startsWith("#");
    }

    private static String escape(Octets data) {
        StringBuilder text = new StringBuilder();
        int shown = Math.min(data.length(), MAX_OCTETS);
        for (int i = 0; i < shown; i++) {
            int octet = data.at(i);
            if (octet >= ' ' && octet <= '~' && octet != '\\') {
                text.append((char) octet);
            } else {
                text.append(String.format("\\x%02x", octet));
            }
        }
        return text.append(rest(data)).toString();
    }

    private static String hex(Octets data) {
        return data.slice(0, Math.min(data.length(), MAX_OCTETS)) + rest(data);
    }

    private static String rest(Octets data) {
        return data.length() > MAX_OCTETS ? "... (" + data.length() + " octets)" : "";
    }

    private static String cut(String text) {
        return text.length() > MAX_OCTETS ? text.substring(0, MAX_OCTETS) + "..." : text;
    }
}
