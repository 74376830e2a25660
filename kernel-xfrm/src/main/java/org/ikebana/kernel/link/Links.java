package org.ikebana.kernel.link;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.Netlink;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.netlink.NetlinkOutcome;
import org.ikebana.kernel.netlink.NetlinkRequest;
import org.ikebana.kernel.rtnetlink.IfAddrMsg;
import org.ikebana.kernel.rtnetlink.IfInfoMsg;
import org.ikebana.kernel.rtnetlink.Ifa;
import org.ikebana.kernel.rtnetlink.Ifla;
import org.ikebana.kernel.rtnetlink.IflaInfo;
import org.ikebana.kernel.rtnetlink.IflaXfrm;
import org.ikebana.kernel.rtnetlink.RouteDecoder;
import org.ikebana.kernel.rtnetlink.RouteMessage;
import org.ikebana.kernel.rtnetlink.RouteMessage.DeleteLink;
import org.ikebana.kernel.rtnetlink.RouteMessage.GetAddress;
import org.ikebana.kernel.rtnetlink.RouteMessage.GetLink;
import org.ikebana.kernel.rtnetlink.RouteMessage.NewAddress;
import org.ikebana.kernel.rtnetlink.RouteMessage.NewLink;
import org.ikebana.kernel.rtnetlink.Rta;

/** The interfaces of a network namespace. */
public record Links(NetlinkClient<RouteMessage> kernel) {
    /** {@code IFNAMSIZ} less the zero octet at its end. */
    private static final int MAX_NAME = 15;

    /** A socket to the kernel for interfaces, addresses and routes, in the calling thread's network namespace. */
    public static NetlinkClient<RouteMessage> connect() throws ErrnoException {
        return NetlinkClient.open(Netlink.NETLINK_ROUTE, RouteDecoder::decode);
    }

    public List<Link> all() throws IOException {
        List<Link> links = new ArrayList<>();
        for (RouteMessage message : kernel.dump(NetlinkRequest.dump(new GetLink(IfInfoMsg.any(), Attributes.NONE)))) {
            if (message instanceof NewLink link) {
                links.add(Link.of(link));
            }
        }
        return links;
    }

    public Optional<Link> byIndex(int index) throws IOException {
        return ask(new GetLink(IfInfoMsg.of(index), Attributes.NONE));
    }

    public Optional<Link> byName(String name) throws IOException {
        return ask(new GetLink(IfInfoMsg.any(), Attributes.of(Ifla.IFNAME.of(Ifla.name(name)))));
    }

    /** All addresses of this host, loopback and link-local ones too. */
    public Set<InetAddress> addresses() throws IOException {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        for (RouteMessage message :
                kernel.dump(NetlinkRequest.dump(new GetAddress(IfAddrMsg.any(), Attributes.NONE)))) {
            if (message instanceof NewAddress address) {
                Attributes attributes = address.attributes();
                attributes
                        .get(Ifa.LOCAL)
                        .or(() -> attributes.get(Ifa.ADDRESS))
                        .map(Rta::address)
                        .ifPresent(addresses::add);
            }
        }
        return addresses;
    }

    /**
     * Makes an XFRM interface and brings it up.
     *
     * @param ifId not 0; no other XFRM interface has it
     */
    public Link addXfrm(String name, int ifId, int mtu) throws IOException {
        if (name.length() > MAX_NAME) {
            throw new IOException("the interface cannot be called " + name + ": that is longer than " + MAX_NAME
                    + " characters; choose a shorter name for xfrm.interface in ikebana.conf");
        }
        Octets data = IflaXfrm.data(Attributes.of(IflaXfrm.IF_ID.of(ifId)));
        Attributes info = Attributes.of(IflaInfo.KIND.of(Ifla.name(IflaXfrm.KIND)), IflaInfo.DATA.of(data));
        IfInfoMsg up = new IfInfoMsg(0, 0, 0, IfInfoMsg.IFF_UP, IfInfoMsg.IFF_UP);
        Attributes attributes =
                Attributes.of(Ifla.IFNAME.of(Ifla.name(name)), Ifla.MTU.of(mtu), Ifla.LINKINFO.of(info));
        NetlinkOutcome<RouteMessage> outcome = kernel.exchange(
                NetlinkRequest.change(new NewLink(up, attributes), Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL));
        String attempt = "make the XFRM interface %s with if_id 0x%x".formatted(name, ifId);
        if (outcome.failedWith(Errno.EOPNOTSUPP)) {
            throw new ErrnoException(
                    attempt,
                    outcome.errno(),
                    "this kernel has no XFRM interfaces (CONFIG_XFRM_INTERFACE, module xfrm_interface)");
        }
        require(outcome, attempt);
        return byName(name).orElseThrow(() -> new IOException("the interface " + name + " went at once"));
    }

    /** Gives an interface an address; one that it has already is no error. */
    public void addAddress(Link link, InterfaceAddress address) throws IOException {
        int family = IpFamily.of(address.address()).number();
        Octets octets = Octets.copyOf(address.address().getAddress());
        NewAddress message = new NewAddress(
                new IfAddrMsg(family, address.prefixLength(), 0, 0, link.index()),
                Attributes.of(Ifa.ADDRESS.of(octets), Ifa.LOCAL.of(octets)));
        require(
                kernel.exchange(NetlinkRequest.change(message, Netlink.NLM_F_CREATE | Netlink.NLM_F_REPLACE)),
                "give " + link.name() + " the address " + address);
    }

    public void setMtu(Link link, int mtu) throws IOException {
        require(
                kernel.exchange(NetlinkRequest.change(
                        new NewLink(IfInfoMsg.of(link.index()), Attributes.of(Ifla.MTU.of(mtu))))),
                "set the MTU of " + link.name() + " to " + mtu);
    }

    /** One that is gone already is no error. */
    public void delete(Link link) throws IOException {
        NetlinkOutcome<RouteMessage> outcome =
                kernel.exchange(NetlinkRequest.change(new DeleteLink(IfInfoMsg.of(link.index()), Attributes.NONE)));
        if (!outcome.failedWith(Errno.ENODEV)) {
            require(outcome, "delete the interface " + link.name());
        }
    }

    private Optional<Link> ask(GetLink question) throws IOException {
        NetlinkOutcome<RouteMessage> outcome = kernel.exchange(NetlinkRequest.query(question));
        return outcome.answer().isPresent() && outcome.answer().get() instanceof NewLink link
                ? Optional.of(Link.of(link))
                : Optional.empty();
    }

    private static void require(NetlinkOutcome<RouteMessage> outcome, String attempt) throws ErrnoException {
        if (!outcome.isDone()) {
            throw new ErrnoException(attempt, outcome.errno(), outcome.text().orElse(Errno.describe(outcome.errno())));
        }
    }
}
