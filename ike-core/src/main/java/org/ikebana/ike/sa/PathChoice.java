package org.ikebana.ike.sa;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.environment.Environment;

/** Which pairs of addresses there are to choose from (RFC 4555 2.3, 3.5). */
final class PathChoice {
    /** Other pairs that are tried; each costs a datagram a retransmission. */
    private static final int LIMIT = 8;

    private final Environment environment;
    private final ConnectionConfig connection;

    PathChoice(Environment environment, ConnectionConfig connection) {
        this.environment = environment;
        this.connection = connection;
    }

    /** Our address towards the peer, by the routes as they are now. */
    Optional<InetAddress> route(InetAddress remote) {
        try {
            return Optional.of(environment.localAddressFor(remote));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    boolean isOurs(InetAddress address) {
        return environment.localAddresses().contains(address);
    }

    /** Ours that the peer may find us at, beside the one in use: those of {@code local_addrs} where that names any. */
    List<InetAddress> additional(InetAddress inUse) {
        Set<InetAddress> named = new LinkedHashSet<>();
        for (AddressSpec spec : connection.localAddresses()) {
            if (spec instanceof AddressSpec.Exact exact) {
                named.add(exact.address());
            }
        }
        return environment.localAddresses().stream()
                .filter(address -> !address.equals(inUse))
                .filter(address -> named.isEmpty() || named.contains(address))
                .toList();
    }

    /** Pairs beside the current one, each from the address that the routes give. */
    List<Endpoints> otherWays(Endpoints current, List<InetAddress> peerAddresses) {
        Set<InetAddress> remotes = new LinkedHashSet<>();
        remotes.add(current.remote().getAddress());
        remotes.addAll(peerAddresses);
        List<Endpoints> ways = new ArrayList<>();
        for (InetAddress remote : remotes) {
            route(remote)
                    .map(local -> between(current, local, remote))
                    .filter(way -> !way.equals(current) && ways.size() < LIMIT)
                    .ifPresent(ways::add);
        }
        return ways;
    }

    private static Endpoints between(Endpoints current, InetAddress local, InetAddress remote) {
        return new Endpoints(
                new InetSocketAddress(local, current.local().getPort()),
                new InetSocketAddress(remote, current.remote().getPort()));
    }
}
