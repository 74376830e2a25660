package org.ikebana.kernel.xfrm.walk;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.ikebana.ike.kernel.Direction;

/**
 * What else of the host decides about a packet.
 *
 * @param addresses of its own
 * @param holdsWhileAcquiring {@code net.core.xfrm_larval_drop} is 0
 * @param now for what has expired
 */
public record Host(Set<InetAddress> addresses, boolean holdsWhileAcquiring, Instant now) {
    public Host {
        addresses = Set.copyOf(addresses);
    }

    /** The looks into the policies that a packet takes here. One that is forwarded takes two. */
    public List<Direction> directions(Packet packet) {
        if (addresses.contains(packet.source())) {
            return List.of(Direction.OUT);
        }
        return addresses.contains(packet.destination())
                ? List.of(Direction.IN)
                : List.of(Direction.FORWARD, Direction.OUT);
    }
}
