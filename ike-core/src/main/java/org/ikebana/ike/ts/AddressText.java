package org.ikebana.ike.ts;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses as people write them and as octets; no name is ever looked up. */
public final class AddressText {
    /** A leading zero would mean octal to some. */
    private static final Pattern IPV4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private AddressText() {}

    /** Four decimal numbers without leading zeros, or an IPv6 address without a zone; empty for anything else. */
    public static Optional<InetAddress> parse(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.ofLiteral(text);
            return Optional.of(text.contains(":") ? ipv6(address) : address);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** As RFC 5952 recommends: {@code 2001:db8::1}, without a zone. */
    public static String print(InetAddress address) {
        byte[] octets = address.getAddress();
        if (address instanceof Inet4Address) {
            return address.getHostAddress();
        }
        int[] groups = new int[8];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = (octets[2 * i] & 0xff) << 8 | octets[2 * i + 1] & 0xff;
        }
        int gap = longestZeroRun(groups);
        int gapEnd = gap < 0 ? -1 : gap + zeroRun(groups, gap);
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < groups.length; i++) {
            if (i == gap) {
                text.append("::");
                i = gapEnd - 1;
            } else {
                text.append(text.isEmpty() || i == gapEnd ? "" : ":").append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    /**
     * The address of 4 or 16 octets. Sixteen always make an IPv6 address, an IPv4-mapped one too, which {@link
     * InetAddress#getByAddress} would turn into an IPv4 address.
     */
    public static InetAddress ofOctets(byte[] octets) {
        try {
            return octets.length == 16 ? Inet6Address.getByAddress(null, octets, -1) : InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 octets, not " + octets.length, e);
        }
    }

    /** Undoes that Java makes an IPv4 address of {@code ::ffff:192.0.2.1}. */
    private static InetAddress ipv6(InetAddress address) {
        if (address instanceof Inet6Address) {
            return address;
        }
        byte[] octets = new byte[16];
        octets[10] = (byte) 0xff;
        octets[11] = (byte) 0xff;
        System.arraycopy(address.getAddress(), 0, octets, 12, 4);
        return ofOctets(octets);
    }

    /** Where the first of the longest runs of at least two zero groups starts, -1 without any. */
    private static int longestZeroRun(int[] groups) {
        int best = -1;
        int length = 1;
        for (int i = 0; i < groups.length; i++) {
            int run = zeroRun(groups, i);
            if (run > length) {
                best = i;
                length = run;
            }
        }
        return best;
    }

    private static int zeroRun(int[] groups, int start) {
        int end = start;
        while (end < groups.length && groups[end] == 0) {
            end++;
        }
        return end - start;
    }
}
