package org.ikebana.ike.kernel;

import java.net.InetAddress;
import java.util.Arrays;

/** An address and the number of leading bits that count. Bits below the prefix are zero. */
public record IpPrefix(InetAddress address, int length) {
    /** One address alone. */
    public static IpPrefix host(InetAddress address) {
        return new IpPrefix(address, address.getAddress().length * 8);
    }

    /** Whether the address, of the same family, begins with the bits that count. */
    public boolean contains(InetAddress other) {
        byte[] network = address.getAddress();
        byte[] octets = other.getAddress();
        int whole = length / 8;
        if (network.length != octets.length || !Arrays.equals(network, 0, whole, octets, 0, whole)) {
            return false;
        }
        int bitsLeft = length % 8;
        return bitsLeft == 0 || ((network[whole] ^ octets[whole]) & 0xff) >>> (8 - bitsLeft) == 0;
    }

    /** Whether all its addresses are the other's too. */
    public boolean isWithin(IpPrefix other) {
        return length >= other.length && other.contains(address);
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + length;
    }
}
