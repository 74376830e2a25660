package org.ikebana.kernel.link;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.netlink.Attribute;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.Netlink;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.netlink.NetlinkOutcome;
import org.ikebana.kernel.netlink.NetlinkRequest;
import org.ikebana.kernel.rtnetlink.FibRuleHdr;
import org.ikebana.kernel.rtnetlink.Fra;
import org.ikebana.kernel.rtnetlink.RouteMessage;
import org.ikebana.kernel.rtnetlink.RouteMessage.DeleteRoute;
import org.ikebana.kernel.rtnetlink.RouteMessage.DeleteRule;
import org.ikebana.kernel.rtnetlink.RouteMessage.GetRoute;
import org.ikebana.kernel.rtnetlink.RouteMessage.NewRoute;
import org.ikebana.kernel.rtnetlink.RouteMessage.NewRule;
import org.ikebana.kernel.rtnetlink.RtMsg;
import org.ikebana.kernel.rtnetlink.Rta;

/** The routing table of tunnels in the kernel, and the rules that lead to it. */
record TunnelRouteTable(NetlinkClient<RouteMessage> kernel, int table) {
    /** {@code RTPROT_…}: tells ours from others'. Those of {@code kernel = tun} have 201. */
    static final int PROTOCOL = 202;

    /** One of the same destination is replaced. */
    void add(TunnelRoute route) throws IOException {
        List<Attribute<?>> attributes = new ArrayList<>(destination(route.destination()));
        if (route instanceof TunnelRoute.Through through) {
            attributes.add(Rta.OIF.of(through.hop().interfaceIndex()));
            through.hop().gateway().ifPresent(g -> attributes.add(Rta.GATEWAY.of(Octets.wrap(g.getAddress()))));
            through.source().ifPresent(s -> attributes.add(Rta.PREFSRC.of(Octets.wrap(s.getAddress()))));
        }
        NetlinkOutcome<RouteMessage> outcome = kernel.exchange(NetlinkRequest.change(
                new NewRoute(body(route), new Attributes(attributes)), Netlink.NLM_F_CREATE | Netlink.NLM_F_REPLACE));
        require(outcome, "add the route to " + route.destination());
    }

    /** One that is not there, or whose interface is not, is no failure. */
    void remove(IpPrefix destination) throws IOException {
        RtMsg body = body(destination, RtMsg.RT_SCOPE_NOWHERE, RtMsg.RTN_UNSPEC);
        NetlinkOutcome<RouteMessage> outcome =
                kernel.exchange(NetlinkRequest.change(new DeleteRoute(body, new Attributes(destination(destination)))));
        if (!outcome.failedWith(Errno.ESRCH) && !outcome.failedWith(Errno.ENOENT)) {
            require(outcome, "remove the route to " + destination);
        }
    }

    /** Where our routes lead that are there. */
    Set<IpPrefix> present() throws IOException {
        Set<IpPrefix> destinations = new LinkedHashSet<>();
        for (IpFamily family : IpFamily.values()) {
            RtMsg filter = new RtMsg(family.number(), 0, 0, 0, 0, PROTOCOL, 0, RtMsg.RTN_UNSPEC, 0);
            for (RouteMessage message : kernel.dump(NetlinkRequest.dump(new GetRoute(filter, Attributes.NONE)))) {
                if (message instanceof NewRoute route) {
                    read(route).ifPresent(destinations::add);
                }
            }
        }
        return destinations;
    }

    /** A host may be without IPv6, or its rules. */
    void addRules() throws IOException {
        for (IpFamily family : IpFamily.values()) {
            NetlinkOutcome<RouteMessage> outcome = kernel.exchange(NetlinkRequest.change(
                    new NewRule(ruleBody(family), ruleAttributes()), Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL));
            boolean isThere = outcome.failedWith(Errno.EEXIST);
            boolean isMissing = outcome.failedWith(Errno.EAFNOSUPPORT) || outcome.failedWith(Errno.EOPNOTSUPP);
            if (!isThere && !(isMissing && family == IpFamily.IPV6)) {
                require(outcome, "add the " + family + " rule that leads to table " + table);
            }
        }
    }

    void removeRules() throws IOException {
        for (IpFamily family : IpFamily.values()) {
            NetlinkOutcome<RouteMessage> outcome =
                    kernel.exchange(NetlinkRequest.change(new DeleteRule(ruleBody(family), ruleAttributes())));
            boolean isGone = outcome.failedWith(Errno.ENOENT)
                    || outcome.failedWith(Errno.EAFNOSUPPORT)
                    || outcome.failedWith(Errno.EOPNOTSUPP);
            if (!isGone) {
                require(outcome, "remove the " + family + " rule that leads to table " + table);
            }
        }
    }

    /** Empty for what is not ours. */
    private Optional<IpPrefix> read(NewRoute route) {
        RtMsg body = route.body();
        Attributes attributes = route.attributes();
        if (body.protocol() != PROTOCOL || attributes.get(Rta.TABLE).orElse(body.table()) != table) {
            return Optional.empty();
        }
        byte[] any = new byte[body.family() == IpFamily.IPV4.number() ? 4 : 16];
        Octets address = attributes.get(Rta.DST).orElse(Octets.wrap(any));
        return address.length() == any.length
                ? Optional.of(new IpPrefix(Rta.address(address), body.destinationLength()))
                : Optional.empty();
    }

    private RtMsg body(TunnelRoute route) {
        return switch (route) {
            case TunnelRoute.Through through ->
                body(
                        route.destination(),
                        through.hop().gateway().isPresent() ? RtMsg.RT_SCOPE_UNIVERSE : RtMsg.RT_SCOPE_LINK,
                        RtMsg.RTN_UNICAST);
            case TunnelRoute.Past past -> body(past.destination(), RtMsg.RT_SCOPE_UNIVERSE, RtMsg.RTN_THROW);
        };
    }

    /** A table's number beyond eight bits stands in an attribute only; it may be there in any case. */
    private static RtMsg body(IpPrefix destination, int scope, int type) {
        int family = IpFamily.of(destination.address()).number();
        return new RtMsg(family, destination.length(), 0, 0, 0, PROTOCOL, scope, type, 0);
    }

    private List<Attribute<?>> destination(IpPrefix destination) {
        return List.of(Rta.DST.of(Octets.wrap(destination.address().getAddress())), Rta.TABLE.of(table));
    }

    private FibRuleHdr ruleBody(IpFamily family) {
        return new FibRuleHdr(family.number(), 0, 0, 0, 0, FibRuleHdr.FR_ACT_TO_TBL, 0);
    }

    /** The preference is the table's number, as people are used to. */
    private Attributes ruleAttributes() {
        return Attributes.of(Fra.PRIORITY.of(table), Fra.TABLE.of(table), Fra.PROTOCOL.of(PROTOCOL));
    }

    private static void require(NetlinkOutcome<RouteMessage> outcome, String attempt) throws ErrnoException {
        if (!outcome.isDone()) {
            throw new ErrnoException(attempt, outcome.errno(), outcome.text().orElse(Errno.describe(outcome.errno())));
        }
    }
}
