package org.ikebana.ike.kernel;

import java.net.InetAddress;

/** An address and the number of leading bits that count. Bits below the prefix are zero. */
public record IpPrefix(InetAddress address, int length) {
    /** One address alone. */
    public static IpPrefix host(InetAddress address) {
        return new IpPrefix(address, address.getAddress().length * 8);
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + length;
    }
}
