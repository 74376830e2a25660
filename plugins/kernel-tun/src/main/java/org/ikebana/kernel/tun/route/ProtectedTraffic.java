package org.ikebana.kernel.tun.route;

import org.ikebana.ike.kernel.IpPrefix;

/**
 * What an outbound policy covers, as far as routes can tell.
 *
 * @param source where this host finds the source address of what it sends itself
 * @param destination what is led into the tunnel, from whatever source
 */
public record ProtectedTraffic(IpPrefix source, IpPrefix destination) {
    @Override
    public String toString() {
        return source + " to " + destination;
    }
}
