package org.ikebana.ike.ts;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The addresses from one to another, both included.
 *
 * @param start of the same family as {@code end} and not above it
 */
public record IpRange(InetAddress start, InetAddress end) {
    public static final IpRange ALL_IPV4 = ofPrefix(AddressText.ofOctets(new byte[4]), 0);
    public static final IpRange ALL_IPV6 = ofPrefix(AddressText.ofOctets(new byte[16]), 0);

    /** @throws IllegalArgumentException for two families, or a start above the end */
    public IpRange {
        if (!isRange(start.getAddress(), end.getAddress())) {
            throw new IllegalArgumentException(
                    "no range of addresses: " + AddressText.print(start) + " to " + AddressText.print(end));
        }
    }

    /** The addresses that share their first {@code length} bits with {@code address}. */
    public static IpRange ofPrefix(InetAddress address, int length) {
        byte[] start = address.getAddress();
        if (length < 0 || length > start.length * 8) {
            throw new IllegalArgumentException("no prefix length of " + AddressText.print(address) + ": " + length);
        }
        byte[] end = start.clone();
        for (int bit = length; bit < start.length * 8; bit++) {
            int mask = 0x80 >> bit % 8;
            start[bit / 8] &= (byte) ~mask;
            end[bit / 8] |= (byte) mask;
        }
        return new IpRange(AddressText.ofOctets(start), AddressText.ofOctets(end));
    }

    /** Whether two addresses, as octets, make a range. */
    public static boolean isRange(byte[] start, byte[] end) {
        return start.length == end.length && Arrays.compareUnsigned(start, end) <= 0;
    }

    public boolean contains(IpRange other) {
        return isSameFamily(other) && compare(start, other.start) <= 0 && compare(other.end, end) <= 0;
    }

    /** What both have; empty for nothing or for two families. */
    public Optional<IpRange> intersect(IpRange other) {
        if (!isSameFamily(other)) {
            return Optional.empty();
        }
        InetAddress highestStart = compare(start, other.start) >= 0 ? start : other.start;
        InetAddress lowestEnd = compare(end, other.end) <= 0 ? end : other.end;
        return compare(highestStart, lowestEnd) <= 0
                ? Optional.of(new IpRange(highestStart, lowestEnd))
                : Optional.empty();
    }

    /** The addresses that the other does not have, in ascending order: two ranges at the most. */
    public List<IpRange> minus(IpRange other) {
        Optional<IpRange> common = intersect(other);
        if (common.isEmpty()) {
            return List.of(this);
        }
        List<IpRange> left = new ArrayList<>(2);
        if (compare(start, common.get().start) < 0) {
            left.add(new IpRange(start, address(number(common.get().start).subtract(BigInteger.ONE))));
        }
        if (compare(common.get().end, end) < 0) {
            left.add(new IpRange(address(number(common.get().end).add(BigInteger.ONE)), end));
        }
        return left;
    }

    public boolean isSameFamily(IpRange other) {
        return bits() == other.bits();
    }

    /** 32 or 128. */
    public int bits() {
        return start.getAddress().length * 8;
    }

    /** The length of the prefix that is just this range; empty where there is none. */
    public OptionalInt prefixLength() {
        int length = bits() - number(start).xor(number(end)).bitLength();
        return ofPrefix(start, length).equals(this) ? OptionalInt.of(length) : OptionalInt.empty();
    }

    /**
     * The fewest ranges that have a {@link #prefixLength()} and make up this one, in ascending order: at most 62 for
     * IPv4 and 254 for IPv6.
     */
    public List<IpRange> prefixes() {
        List<IpRange> prefixes = new ArrayList<>();
        BigInteger next = number(start);
        BigInteger last = number(end);
        while (next.compareTo(last) <= 0) {
            int aligned = next.signum() == 0 ? bits() : next.getLowestSetBit();
            int fitting = last.subtract(next).add(BigInteger.ONE).bitLength() - 1;
            int hostBits = Math.min(aligned, fitting);
            prefixes.add(ofPrefix(address(next), bits() - hostBits));
            next = next.add(BigInteger.ONE.shiftLeft(hostBits));
        }
        return prefixes;
    }

    /** {@code 10.1.0.0/16}, or {@code 10.1.0.5..10.1.0.9} where that is not a prefix, as swanctl prints it. */
    @Override
    public String toString() {
        OptionalInt length = prefixLength();
        return length.isPresent()
                ? AddressText.print(start) + "/" + length.getAsInt()
                : AddressText.print(start) + ".." + AddressText.print(end);
    }

    private InetAddress address(BigInteger number) {
        byte[] octets = new byte[bits() / 8];
        byte[] magnitude = number.toByteArray();
        int length = Math.min(magnitude.length, octets.length);
        System.arraycopy(magnitude, magnitude.length - length, octets, octets.length - length, length);
        return AddressText.ofOctets(octets);
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    private static int compare(InetAddress a, InetAddress b) {
        return Arrays.compareUnsigned(a.getAddress(), b.getAddress());
    }
}
