package org.ikebana.kernel.tun.route;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.linux.IpFamily;

/** Prefixes and addresses as the kernel has them. */
final class Prefixes {
    private Prefixes() {}

    static boolean contains(IpPrefix prefix, InetAddress address) {
        byte[] wanted = prefix.address().getAddress();
        byte[] given = address.getAddress();
        if (wanted.length != given.length) {
            return false;
        }
        int whole = prefix.length() / 8;
        for (int i = 0; i < whole; i++) {
            if (wanted[i] != given[i]) {
                return false;
            }
        }
        int rest = prefix.length() % 8;
        return rest == 0 || (wanted[whole] & 0xff) >> (8 - rest) == (given[whole] & 0xff) >> (8 - rest);
    }

    static IpFamily family(IpPrefix prefix) {
        return IpFamily.of(prefix.address());
    }

    /** How long an address of the family is, in octets. */
    static int octets(IpFamily family) {
        return switch (family) {
            case IPV4 -> 4;
            case IPV6 -> 16;
        };
    }

    /** @param octets four or sixteen */
    static InetAddress address(Octets octets) {
        try {
            // InetAddress.getByAddress would make an IPv4-mapped IPv6 address an IPv4 one.
            return octets.length() == octets(IpFamily.IPV6)
                    ? Inet6Address.getByAddress(null, octets.toByteArray(), -1)
                    : InetAddress.getByAddress(octets.toByteArray());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address of " + octets.length() + " octets", e);
        }
    }
}
