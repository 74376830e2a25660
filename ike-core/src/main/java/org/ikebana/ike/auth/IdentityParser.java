package org.ikebana.ike.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ikebana.ike.ts.AddressText;
import org.ikebana.ike.ts.IpRange;
import org.ikebana.ike.ts.SelectorSyntax;
import org.ikebana.ike.ts.SelectorSyntaxException;
import org.ikebana.ike.wire.Octets;

/** Reads strongSwan's way to write identities. */
final class IdentityParser {
    private static final Set<String> ANYBODY = Set.of("%any", "%any4", "%any6", "*", "0.0.0.0", "::", "0::0");
    private static final Pattern NUMBER = Pattern.compile("\\{(0[xX][0-9a-fA-F]{1,2}|[0-9]{1,3})}");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]*");
    private static final Map<String, Integer> TYPES = Map.ofEntries(
            Map.entry("ipv4", IdType.IPV4_ADDR),
            Map.entry("ipv6", IdType.IPV6_ADDR),
            Map.entry("ipv4net", IdType.IPV4_ADDR_RANGE),
            Map.entry("ipv6net", IdType.IPV6_ADDR_RANGE),
            Map.entry("ipv4range", IdType.IPV4_ADDR_RANGE),
            Map.entry("ipv6range", IdType.IPV6_ADDR_RANGE),
            Map.entry("fqdn", IdType.FQDN),
            Map.entry("dns", IdType.FQDN),
            Map.entry("rfc822", IdType.RFC822_ADDR),
            Map.entry("email", IdType.RFC822_ADDR),
            Map.entry("userfqdn", IdType.RFC822_ADDR),
            Map.entry("asn1dn", IdType.DER_ASN1_DN),
            Map.entry("asn1gn", IdType.DER_ASN1_GN),
            Map.entry("keyid", IdType.KEY_ID));

    private final String text;

    private IdentityParser(String text) {
        this.text = text;
    }

    static Identity parse(String text) throws IdentitySyntaxException {
        Identity identity = new IdentityParser(text).parse();
        if (identity.data().length() > Identity.MAX_LENGTH) {
            throw error("an identity of more than " + Identity.MAX_LENGTH + " octets", 0);
        }
        return identity;
    }

    private Identity parse() throws IdentitySyntaxException {
        if (text.isBlank()) {
            throw error("an empty identity; write %any for anybody", 0);
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw error("a control character in an identity; write such octets in hexadecimal, as keyid:#0a", i);
            }
        }
        if (ANYBODY.contains(text.toLowerCase(Locale.ROOT))) {
            return Identity.ANY;
        }
        int colon = text.indexOf(':');
        OptionalInt type = colon < 0 ? OptionalInt.empty() : typeNamed(text.substring(0, colon));
        if (type.isPresent()) {
            return typed(type.getAsInt(), colon + 1);
        }
        if (text.contains("=")) {
            return name(0);
        }
        return text.contains("@") ? withAtSign() : addressOrDomain();
    }

    private static OptionalInt typeNamed(String prefix) {
        Integer named = TYPES.get(prefix.toLowerCase(Locale.ROOT));
        if (named != null) {
            return OptionalInt.of(named);
        }
        Matcher number = NUMBER.matcher(prefix);
        return number.matches() ? OptionalInt.of(Integer.decode(decimal(number.group(1)))) : OptionalInt.empty();
    }

    /** Without leading zeros, which would make it octal. */
    private static String decimal(String number) {
        return number.matches("0[0-9]+") ? number.replaceFirst("^0+(?=.)", "") : number;
    }

    private Identity typed(int type, int start) throws IdentitySyntaxException {
        String value = text.substring(start);
        if (value.startsWith("#")) {
            Identity identity = new Identity(type, hex(start + 1));
            boolean isRange = type == IdType.IPV4_ADDR_RANGE || type == IdType.IPV6_ADDR_RANGE;
            if (isRange || !IdType.isForWire(type) || type > 0xff || hasWrongLength(identity)) {
                throw error("'" + text + "' is no identity of IKEv2's", 0);
            }
            return identity;
        }
        return switch (type) {
            case IdType.IPV4_ADDR, IdType.IPV6_ADDR ->
                ofType(type, AddressText.parse(value).map(Identity::ofAddress), start);
            case IdType.IPV4_ADDR_RANGE, IdType.IPV6_ADDR_RANGE -> ofType(type, Optional.of(range(start)), start);
            case IdType.DER_ASN1_DN -> name(start);
            case IdType.DER_ASN1_GN ->
                throw error("a general name has to be given as DER in hexadecimal, as asn1gn:#82036f7267", start);
            default -> literal(type, start);
        };
    }

    private static boolean hasWrongLength(Identity identity) {
        return switch (identity.type()) {
            case IdType.IPV4_ADDR, IdType.IPV6_ADDR -> !identity.isConcrete();
            case IdType.FQDN, IdType.RFC822_ADDR -> identity.data().isEmpty();
            default -> false;
        };
    }

    private Identity ofType(int type, Optional<Identity> identity, int start) throws IdentitySyntaxException {
        return identity.filter(i -> i.type() == type)
                .orElseThrow(() -> error("'" + text.substring(start) + "' is not of the type before it", start));
    }

    private Identity literal(int type, int start) throws IdentitySyntaxException {
        if (!IdType.isForWire(type) || type > 0xff) {
            throw error("there are no identities of type " + type + " in IKEv2", 0);
        }
        Identity identity = new Identity(type, Octets.wrap(text.substring(start).getBytes(UTF_8)));
        if (hasWrongLength(identity)) {
            throw error("nothing follows '" + text + "'", start);
        }
        return identity;
    }

    private Identity name(int start) throws IdentitySyntaxException {
        return new Identity(IdType.DER_ASN1_DN, new DistinguishedNameParser(text, start).parse());
    }

    private Identity withAtSign() throws IdentitySyntaxException {
        if (text.startsWith("@#")) {
            return new Identity(IdType.KEY_ID, hex(2));
        }
        if (text.startsWith("@@")) {
            return literal(IdType.RFC822_ADDR, 2);
        }
        return text.startsWith("@") ? literal(IdType.FQDN, 1) : literal(IdType.RFC822_ADDR, 0);
    }

    private Identity addressOrDomain() throws IdentitySyntaxException {
        Optional<InetAddress> address = AddressText.parse(text);
        if (address.isPresent()) {
            return Identity.ofAddress(address.get());
        }
        int slash = text.indexOf('/');
        int dash = text.indexOf('-');
        if (isAddress(0, slash) || isAddress(0, dash) && isAddress(dash + 1, text.length())) {
            return range(0);
        }
        if (text.contains(":")) {
            throw error(
                    "'" + text + "' is no IPv6 address; to mean it literally write keyid:" + text + " or fqdn:" + text,
                    0);
        }
        return literal(IdType.FQDN, 0);
    }

    private boolean isAddress(int start, int end) {
        return end > start
                && AddressText.parse(text.substring(start, end).strip()).isPresent();
    }

    private Identity range(int start) throws IdentitySyntaxException {
        try {
            IpRange range = SelectorSyntax.parseRange(text.substring(start));
            byte[] first = range.start().getAddress();
            byte[] last = range.end().getAddress();
            byte[] both = new byte[2 * first.length];
            System.arraycopy(first, 0, both, 0, first.length);
            System.arraycopy(last, 0, both, first.length, last.length);
            return new Identity(first.length == 4 ? IdType.IPV4_ADDR_RANGE : IdType.IPV6_ADDR_RANGE, Octets.wrap(both));
        } catch (SelectorSyntaxException e) {
            throw error("no range of addresses: " + e.getMessage(), start + e.index());
        }
    }

    private Octets hex(int start) throws IdentitySyntaxException {
        String digits = text.substring(start).replace(":", "");
        if (!HEX.matcher(digits).matches()) {
            throw error("'" + digits + "' is not hexadecimal: only the digits 0 to 9 and a to f may follow #", start);
        }
        // As strongSwan does, with an odd number of digits the first octet has but one.
        return Octets.ofHex(digits.length() % 2 == 0 ? digits : "0" + digits);
    }

    private static IdentitySyntaxException error(String message, int index) {
        return new IdentitySyntaxException(message, index);
    }
}
