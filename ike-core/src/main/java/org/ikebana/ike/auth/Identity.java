package org.ikebana.ike.auth;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ikebana.ike.wire.IdPayload;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.PayloadType;

/**
 * An identity (RFC 7296 3.5), or a pattern for some.
 *
 * @param type ID Type on the wire, {@link IdType}; 0 for {@code %any}, which never goes out
 * @param data as in the ID payload, without type and reserved octets
 */
public record Identity(int type, Octets data) {
    public static final Identity ANY = new Identity(IdType.ANY, Octets.EMPTY);

    /** Of who does not say who he is (RFC 7619 2.2), ID_NULL; printed as {@code {13}:#}. */
    public static final Identity NULL = new Identity(IdType.NULL, Octets.EMPTY);

    /** In octets. No name is longer; what a peer sends in its place is neither decoded nor compared. */
    public static final int MAX_LENGTH = 4096;

    /**
     * From strongSwan's syntax: {@code %any}, an address, {@code sun.example.org}, {@code @sun}, {@code
     * carol@example.org}, {@code @@carol}, {@code @#0a0b} for a key ID, {@code "C=CH, O=Org, CN=sun"}, or with the type
     * in front: {@code fqdn:}, {@code dns:}, {@code rfc822:}, {@code email:}, {@code userfqdn:}, {@code keyid:}, {@code
     * ipv4:}, {@code ipv6:}, {@code asn1dn:}, {@code asn1gn:}, {@code {11}:}, after which {@code #} introduces hexadecimal.
     * Patterns are {@code *.example.org}, {@code *@example.org}, {@code CN=*}, subnets and ranges of addresses.
     */
    public static Identity parse(String text) throws IdentitySyntaxException {
        return IdentityParser.parse(text);
    }

    public static Identity ofAddress(InetAddress address) {
        Octets octets = Octets.wrap(address.getAddress());
        return new Identity(octets.length() == 4 ? IdType.IPV4_ADDR : IdType.IPV6_ADDR, octets);
    }

    /** As it came, whatever it is; what is not {@link #isConcrete()} matches nothing. */
    public static Identity of(IdPayload payload) {
        return new Identity(payload.idType(), payload.data());
    }

    /**
     * @param payloadType IDI or IDR
     * @throws IllegalStateException for a pattern
     */
    public IdPayload toPayload(PayloadType payloadType) {
        if (!isConcrete()) {
            throw new IllegalStateException(this + " is a pattern, not an identity to send");
        }
        return new IdPayload(payloadType, type, data);
    }

    /** Whether this is somebody's identity, fit for an ID payload: no pattern, and of the right length. */
    public boolean isConcrete() {
        return data.length() <= MAX_LENGTH && hasFormOfType();
    }

    /**
     * Whether this identity is the one of {@code pattern}, or one of those it stands for. Domain names and mail
     * addresses are compared regardless of ASCII case, names of certificates as RFC 5280 7.1 says. What is a pattern
     * itself matches nothing, so that a peer gains nothing by sending one.
     */
    public boolean matches(Identity pattern) {
        if (!isConcrete()) {
            return false;
        }
        return switch (pattern.type) {
            case IdType.ANY -> true;
            case IdType.IPV4_ADDR_RANGE, IdType.IPV6_ADDR_RANGE -> isWithin(pattern.data);
            case IdType.FQDN, IdType.RFC822_ADDR -> type == pattern.type && matchesText(pattern);
            case IdType.DER_ASN1_DN -> type == pattern.type && matchesName(pattern);
            default -> equals(pattern);
        };
    }

    /**
     * The same for all identities that match one another, to find them by; not to be sent. Patterns have none that is of use.
     */
    public Identity folded() {
        return switch (type) {
            case IdType.FQDN, IdType.RFC822_ADDR -> folded(lowerCase(data));
            case IdType.DER_ASN1_DN ->
                DistinguishedName.decode(data)
                        .map(name -> folded(Octets.wrap(name.folded().getBytes(StandardCharsets.UTF_8))))
                        .orElse(this);
            default -> this;
        };
    }

    /** How many parts of it stand for any: 0 of an identity itself, the most of {@link #ANY}. Of patterns the one with fewer is closer. */
    public int wildcards() {
        if (equals(ANY)) {
            return Integer.MAX_VALUE;
        }
        if (isConcrete()) {
            return 0;
        }
        return type == IdType.DER_ASN1_DN
                ? DistinguishedName.decode(data)
                        .map(DistinguishedName::wildcards)
                        .orElse(1)
                : 1;
    }

    /** As {@link #parse} understands it; unprintable octets as {@code \x0a}, at most a few hundred characters. */
    @Override
    public String toString() {
        return IdentityPrinter.print(this);
    }

    private boolean hasFormOfType() {
        return switch (type) {
            case IdType.IPV4_ADDR -> data.length() == 4;
            case IdType.IPV6_ADDR -> data.length() == 16;
            case IdType.FQDN, IdType.RFC822_ADDR -> !data.isEmpty() && !hasLeadingWildcard();
            case IdType.DER_ASN1_DN ->
                DistinguishedName.decode(data)
                        .filter(DistinguishedName::hasWildcard)
                        .isEmpty();
            case IdType.NULL -> data.isEmpty(); // RFC 7619 2.2
            default -> IdType.isForWire(type);
        };
    }

    private boolean hasLeadingWildcard() {
        return data.at(0) == '*';
    }

    private boolean isWithin(Octets range) {
        int half = range.length() / 2;
        return (type == IdType.IPV4_ADDR || type == IdType.IPV6_ADDR)
                && data.length() == half
                && compare(range.slice(0, half), data) <= 0
                && compare(data, range.slice(half, range.length())) <= 0;
    }

    private boolean matchesText(Identity pattern) {
        if (pattern.data.isEmpty() || !pattern.hasLeadingWildcard()) {
            return data.length() == pattern.data.length() && endsWith(pattern.data);
        }
        Octets suffix = pattern.data.slice(1, pattern.data.length());
        return data.length() > suffix.length() && endsWith(suffix);
    }

    private boolean endsWith(Octets suffix) {
        int offset = data.length() - suffix.length();
        for (int i = 0; i < suffix.length(); i++) {
            if (lowerCase(data.at(offset + i)) != lowerCase(suffix.at(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean matchesName(Identity pattern) {
        return data.equals(pattern.data)
                || DistinguishedName.decode(data)
                        .flatMap(name -> DistinguishedName.decode(pattern.data).map(name::matches))
                        .orElse(false);
    }

    private static int compare(Octets a, Octets b) {
        return Arrays.compareUnsigned(a.toByteArray(), b.toByteArray());
    }

    private Identity folded(Octets other) {
        return other.equals(data) ? this : new Identity(type, other);
    }

    private static Octets lowerCase(Octets text) {
        byte[] lower = text.toByteArray();
        for (int i = 0; i < lower.length; i++) {
            lower[i] = (byte) lowerCase(lower[i]);
        }
        return Octets.wrap(lower);
    }

    private static int lowerCase(int octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
    }
}
