package org.ikebana.kernel.tun.route;

import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.kernel.linux.IpFamily;

/** Prefixes and addresses as the kernel has them. */
final class Prefixes {
    private Prefixes() {}

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
}
