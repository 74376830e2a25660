package org.ikebana.kernel.tun.route;

import java.net.InetAddress;
import java.util.Optional;
import org.ikebana.ike.kernel.IpPrefix;

/**
 * An entry of our table.
 *
 * @param source that this host sends from, where it has not chosen another; only into the tunnel
 */
record Route(RouteKind kind, IpPrefix destination, Optional<InetAddress> source) {
    static Route device(IpPrefix destination, Optional<InetAddress> source) {
        return new Route(RouteKind.DEVICE, destination, source);
    }

    static Route unreachable(IpPrefix destination) {
        return new Route(RouteKind.UNREACHABLE, destination, Optional.empty());
    }

    static Route bypass(IpPrefix destination) {
        return new Route(RouteKind.BYPASS, destination, Optional.empty());
    }

    Route withoutSource() {
        return new Route(kind, destination, Optional.empty());
    }

    @Override
    public String toString() {
        return switch (kind) {
            case DEVICE ->
                "route to " + destination + " into the tunnel"
                        + source.map(s -> " from " + s.getHostAddress()).orElse("");
            case BYPASS -> "route to " + destination + " past the tunnel";
            case UNREACHABLE -> "unreachable route to " + destination;
        };
    }
}
