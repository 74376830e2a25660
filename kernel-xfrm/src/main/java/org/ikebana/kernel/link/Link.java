package org.ikebana.kernel.link;

import java.util.Optional;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.rtnetlink.Ifla;
import org.ikebana.kernel.rtnetlink.IflaInfo;
import org.ikebana.kernel.rtnetlink.IflaXfrm;
import org.ikebana.kernel.rtnetlink.RouteMessage.NewLink;

/**
 * A network interface.
 *
 * @param mtu in octets
 * @param kind {@code xfrm}, {@code veth}, …; empty for hardware
 * @param ifId of an XFRM interface, else 0
 */
public record Link(int index, String name, int mtu, String kind, int ifId, boolean isUp) {
    static Link of(NewLink message) throws NetlinkFormatException {
        String kind = message.attributes()
                .get(Ifla.LINKINFO)
                .flatMap(info -> info.get(IflaInfo.KIND))
                .map(Ifla::name)
                .orElse("");
        return new Link(
                message.body().index(),
                message.attributes().get(Ifla.IFNAME).map(Ifla::name).orElse(""),
                message.attributes().get(Ifla.MTU).orElse(0),
                kind,
                kind.equals(IflaXfrm.KIND) ? ifId(message) : 0,
                message.body().isUp());
    }

    public boolean isXfrm() {
        return kind.equals(IflaXfrm.KIND);
    }

    private static int ifId(NewLink message) throws NetlinkFormatException {
        Optional<Octets> data = message.attributes().get(Ifla.LINKINFO).flatMap(info -> info.get(IflaInfo.DATA));
        return data.isPresent() ? IflaXfrm.read(data.get()).get(IflaXfrm.IF_ID).orElse(0) : 0;
    }
}
