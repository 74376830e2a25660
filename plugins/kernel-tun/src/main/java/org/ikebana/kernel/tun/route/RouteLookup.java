package org.ikebana.kernel.tun.route;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.netlink.NetlinkRequest;
import org.ikebana.kernel.tun.route.message.IfInfoMsg;
import org.ikebana.kernel.tun.route.message.Ifla;
import org.ikebana.kernel.tun.route.message.RouteMessage;
import org.ikebana.kernel.tun.route.message.RouteMessage.GetLink;
import org.ikebana.kernel.tun.route.message.RouteMessage.GetRoute;
import org.ikebana.kernel.tun.route.message.RouteMessage.NewLink;
import org.ikebana.kernel.tun.route.message.RouteMessage.NewRoute;
import org.ikebana.kernel.tun.route.message.RtMsg;
import org.ikebana.kernel.tun.route.message.Rta;

/** Asks the kernel which way a packet would go. */
record RouteLookup(NetlinkClient<RouteMessage> kernel) {
    /**
     * The interface that a packet with this mark leaves by.
     *
     * @return empty if there is no way
     */
    Optional<String> interfaceTowards(InetAddress destination, int mark) throws IOException {
        Octets address = Octets.wrap(destination.getAddress());
        RtMsg body = new RtMsg(IpFamily.of(destination).number(), address.length() * 8, 0, 0, 0, 0, 0, 0, 0);
        Attributes attributes = Attributes.of(Rta.DST.of(address), Rta.MARK.of(mark));
        Optional<RouteMessage> answer = kernel.exchange(NetlinkRequest.query(new GetRoute(body, attributes)))
                .answer();
        return answer.isPresent() && answer.get() instanceof NewRoute route
                ? name(route.attributes().get(Rta.OIF).orElse(0))
                : Optional.empty();
    }

    private Optional<String> name(int index) throws IOException {
        return kernel.exchange(NetlinkRequest.query(new GetLink(IfInfoMsg.of(index), Attributes.NONE)))
                .answer()
                .filter(NewLink.class::isInstance)
                .flatMap(link -> link.attributes().get(Ifla.IFNAME))
                .map(Ifla::name);
    }
}
