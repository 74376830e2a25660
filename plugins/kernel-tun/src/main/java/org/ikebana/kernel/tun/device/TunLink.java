package org.ikebana.kernel.tun.device;

import java.io.IOException;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.Netlink;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.netlink.NetlinkOutcome;
import org.ikebana.kernel.netlink.NetlinkRequest;
import org.ikebana.kernel.rtnetlink.IfInfoMsg;
import org.ikebana.kernel.rtnetlink.Ifla;
import org.ikebana.kernel.rtnetlink.RouteDecoder;
import org.ikebana.kernel.rtnetlink.RouteMessage;
import org.ikebana.kernel.rtnetlink.RouteMessage.GetLink;
import org.ikebana.kernel.rtnetlink.RouteMessage.NewLink;
import org.ikebana.kernel.tun.route.InterfaceSetting;
import org.ikebana.kernel.tun.route.ReversePathFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets the interface of a TUN device up, over rtnetlink(7). */
record TunLink(String name, int mtu) {
    private static final Logger LOG = LoggerFactory.getLogger(TunLink.class);

    /**
     * Frames that a queue holds for us, 500 by default. What comes while it is full is lost: at a million packets a second
     * this lasts for a pause of two milliseconds.
     */
    private static final int QUEUE_LENGTH = 2048;

    /** Returns the interface's index; the interface is up. */
    int configure() throws IOException {
        try (NetlinkClient<RouteMessage> kernel = NetlinkClient.open(Netlink.NETLINK_ROUTE, RouteDecoder::decode)) {
            int index = index(kernel);
            require(kernel.exchange(set(index)), "set the MTU of " + name + " to " + mtu);
            forbidLinkLocal(kernel, index);
            quiet();
            require(kernel.exchange(up(index)), "bring " + name + " up");
            return index;
        }
    }

    private int index(NetlinkClient<RouteMessage> kernel) throws IOException {
        Attributes byName = Attributes.of(Ifla.IFNAME.of(Ifla.name(name)));
        NetlinkOutcome<RouteMessage> found =
                kernel.exchange(NetlinkRequest.query(new GetLink(IfInfoMsg.any(), byName)));
        require(found, "find the interface " + name);
        if (found.answer().isPresent() && found.answer().get() instanceof NewLink link) {
            return link.body().index();
        }
        throw new IOException("the kernel does not say which interface " + name + " is");
    }

    private NetlinkRequest set(int index) {
        return NetlinkRequest.change(
                new NewLink(IfInfoMsg.of(index), Attributes.of(Ifla.MTU.of(mtu), Ifla.TXQLEN.of(QUEUE_LENGTH))));
    }

    /** With a link-local address the kernel would look for routers and report groups, into the tunnel. */
    private void forbidLinkLocal(NetlinkClient<RouteMessage> kernel, int index) throws IOException {
        Attributes none = Attributes.of(Ifla.INET6_ADDR_GEN_MODE.of(Ifla.IN6_ADDR_GEN_MODE_NONE));
        Attributes ipv6 = Attributes.of(Ifla.AF_SPEC.of(Attributes.of(Ifla.INET6.of(none))));
        NetlinkOutcome<RouteMessage> outcome =
                kernel.exchange(NetlinkRequest.change(new NewLink(IfInfoMsg.of(index), ipv6)));
        if (!outcome.failedWith(Errno.EAFNOSUPPORT)) { // no IPv6, no address
            require(outcome, "keep " + name + " without a link-local address");
        }
    }

    /**
     * A router's interface is in the routers' group from its beginning, and would report that, or that it left, into the
     * tunnel; but MLDv1 tells of leaving only what was reported before (RFC 2710 4).
     */
    private void quiet() {
        write(InterfaceSetting.RP_FILTER, ReversePathFilter.LOOSE);
        write(InterfaceSetting.FORCE_MLD_VERSION, 1);
        write(InterfaceSetting.IPV6_FORWARDING, 0);
    }

    /** In a container {@code /proc/sys} may be read-only: then the interface works, but less quietly. */
    private void write(InterfaceSetting setting, int value) {
        try {
            setting.write(name, value);
        } catch (IOException e) {
            LOG.debug("{} stays as it is: {}", setting.name(name), e.getMessage());
        }
    }

    private static NetlinkRequest up(int index) {
        return NetlinkRequest.change(
                new NewLink(new IfInfoMsg(0, 0, index, IfInfoMsg.IFF_UP, IfInfoMsg.IFF_UP), Attributes.NONE));
    }

    private static void require(NetlinkOutcome<RouteMessage> outcome, String attempt) throws ErrnoException {
        if (!outcome.isDone()) {
            throw new ErrnoException(attempt, outcome.errno(), outcome.text().orElse(Errno.describe(outcome.errno())));
        }
    }
}
