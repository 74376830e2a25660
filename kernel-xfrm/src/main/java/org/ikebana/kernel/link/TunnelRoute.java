package org.ikebana.kernel.link;

import java.net.InetAddress;
import java.util.Optional;
import org.ikebana.ike.kernel.IpPrefix;

/** A route of a tunnel, in a table that is looked into before all others. */
public sealed interface TunnelRoute {
    IpPrefix destination();

    /**
     * To the tunnel's other network.
     *
     * @param hop the way to the peer, or into the tunnel's XFRM interface
     * @param source that this host sends from, where it has not chosen another
     */
    record Through(IpPrefix destination, Hop hop, Optional<InetAddress> source) implements TunnelRoute {}

    /** Past this table: a peer whose own address lies in the network behind it must stay reachable without the tunnel. */
    record Past(IpPrefix destination) implements TunnelRoute {}
}
