package org.ikebana.kernel.link;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.netlink.NetlinkRequest;
import org.ikebana.kernel.rtnetlink.RouteMessage;
import org.ikebana.kernel.rtnetlink.RouteMessage.GetRoute;
import org.ikebana.kernel.rtnetlink.RouteMessage.NewRoute;
import org.ikebana.kernel.rtnetlink.RtMsg;
import org.ikebana.kernel.rtnetlink.Rta;

/** Asks the kernel which way a packet would go. */
public record RouteLookup(NetlinkClient<RouteMessage> kernel) {
    /**
     * The way of a packet with this mark.
     *
     * @return empty if there is none
     */
    public Optional<Hop> towards(InetAddress destination, int mark) throws IOException {
        Octets address = Octets.wrap(destination.getAddress());
        RtMsg body = new RtMsg(IpFamily.of(destination).number(), address.length() * 8, 0, 0, 0, 0, 0, 0, 0);
        Attributes attributes = Attributes.of(Rta.DST.of(address), Rta.MARK.of(mark));
        Optional<RouteMessage> answer = kernel.exchange(NetlinkRequest.query(new GetRoute(body, attributes)))
                .answer();
        return answer.isPresent() && answer.get() instanceof NewRoute route ? hop(route) : Optional.empty();
    }

    /** The interface that a packet with this mark leaves by. */
    public Optional<Link> linkTowards(InetAddress destination, int mark) throws IOException {
        Optional<Hop> hop = towards(destination, mark);
        return hop.isPresent() ? new Links(kernel).byIndex(hop.get().interfaceIndex()) : Optional.empty();
    }

    /** Unreachable destinations have routes without an interface. */
    private static Optional<Hop> hop(NewRoute route) {
        Attributes attributes = route.attributes();
        return attributes
                .get(Rta.OIF)
                .map(index -> new Hop(index, attributes.get(Rta.GATEWAY).map(Rta::address)));
    }
}
