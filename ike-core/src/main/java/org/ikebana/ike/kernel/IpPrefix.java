package org.ikebana.ike.kernel;

import java.net.InetAddress;

/** An address and the number of leading bits that count. Bits below the prefix are zero. */
public record IpPrefix(InetAddress address, int length) {
    @Override
    public String toString() {
        return address.getHostAddress() + "/" + length;
    }
}
