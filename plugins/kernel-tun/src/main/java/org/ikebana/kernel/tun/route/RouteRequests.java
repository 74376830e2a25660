package org.ikebana.kernel.tun.route;

import static org.ikebana.kernel.rtnetlink.FibRuleHdr.FIB_RULE_INVERT;
import static org.ikebana.kernel.rtnetlink.FibRuleHdr.FR_ACT_TO_TBL;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.netlink.Attribute;
import org.ikebana.kernel.netlink.AttributeType;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.Netlink;
import org.ikebana.kernel.netlink.NetlinkRequest;
import org.ikebana.kernel.rtnetlink.FibRuleHdr;
import org.ikebana.kernel.rtnetlink.Fra;
import org.ikebana.kernel.rtnetlink.RouteMessage.DeleteRoute;
import org.ikebana.kernel.rtnetlink.RouteMessage.DeleteRule;
import org.ikebana.kernel.rtnetlink.RouteMessage.GetRoute;
import org.ikebana.kernel.rtnetlink.RouteMessage.GetRule;
import org.ikebana.kernel.rtnetlink.RouteMessage.NewRoute;
import org.ikebana.kernel.rtnetlink.RouteMessage.NewRule;
import org.ikebana.kernel.rtnetlink.RtMsg;
import org.ikebana.kernel.rtnetlink.Rta;

/** Our routes and rules as messages, and back. */
record RouteRequests(RouteOptions options, int interfaceIndex) {
    /** Takes the place of one of the same kind and prefix. */
    NetlinkRequest add(Route route) {
        RtMsg body = body(route, route.kind().scope());
        return NetlinkRequest.change(
                new NewRoute(body, attributes(route)), Netlink.NLM_F_CREATE | Netlink.NLM_F_REPLACE);
    }

    /** Whatever its source. */
    NetlinkRequest remove(Route route) {
        RtMsg body = body(route, RtMsg.RT_SCOPE_NOWHERE);
        return NetlinkRequest.change(new DeleteRoute(body, attributes(route.withoutSource())));
    }

    /** All that {@link #read} may understand, and on kernels before 4.20 everything else. */
    NetlinkRequest list(IpFamily family) {
        RtMsg filter = new RtMsg(family.number(), 0, 0, 0, lowTable(), options.protocol(), 0, RtMsg.RTN_UNSPEC, 0);
        return NetlinkRequest.dump(new GetRoute(filter, new Attributes(List.copyOf(wideTable(Rta.TABLE)))));
    }

    /** Empty for what is not ours. */
    Optional<Route> read(NewRoute message) {
        RtMsg body = message.body();
        Attributes attributes = message.attributes();
        if (body.protocol() != options.protocol() || table(body, attributes) != options.table()) {
            return Optional.empty();
        }
        for (RouteKind kind : RouteKind.values()) {
            if (kind.type() == body.type()
                    && kind.metric() == attributes.get(Rta.PRIORITY).orElse(0)) {
                return onInterface(kind, attributes)
                        .flatMap(k -> destination(body, attributes))
                        .map(prefix -> new Route(kind, prefix, source(kind, attributes)));
            }
        }
        return Optional.empty();
    }

    /** All bits of the number of the table that a route stands in. */
    static int table(RtMsg body, Attributes attributes) {
        return attributes.get(Rta.TABLE).orElse(body.table());
    }

    /** {@code pref PREFERENCE, not fwmark MARK, lookup TABLE}. */
    NetlinkRequest addRule(IpFamily family) {
        return NetlinkRequest.change(
                new NewRule(ruleBody(family), ruleAttributes()), Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL);
    }

    NetlinkRequest removeRule(IpFamily family) {
        return NetlinkRequest.change(new DeleteRule(ruleBody(family), ruleAttributes()));
    }

    NetlinkRequest removeRule(NewRule rule) {
        return NetlinkRequest.change(new DeleteRule(rule.body(), rule.attributes()));
    }

    static NetlinkRequest listRules(IpFamily family) {
        return NetlinkRequest.dump(new GetRule(new FibRuleHdr(family.number(), 0, 0, 0, 0, 0, 0), Attributes.NONE));
    }

    /** Of our making, but not the one that we want now. */
    boolean isStale(NewRule rule) {
        Attributes attributes = rule.attributes();
        boolean wanted = attributes.get(Fra.PRIORITY).orElse(0) == options.preference()
                && attributes.get(Fra.FWMARK).orElse(0) == options.mark()
                && attributes.get(Fra.TABLE).orElse(rule.body().table()) == options.table();
        return attributes.get(Fra.PROTOCOL).orElse(0) == options.protocol() && !wanted;
    }

    private Optional<RouteKind> onInterface(RouteKind kind, Attributes attributes) {
        // IPv6 says of an unreachable route, too, that it leaves by an interface: the loopback.
        boolean ours = kind != RouteKind.DEVICE || attributes.get(Rta.OIF).orElse(0) == interfaceIndex;
        return ours ? Optional.of(kind) : Optional.empty();
    }

    private static Optional<IpPrefix> destination(RtMsg body, Attributes attributes) {
        int octets = Prefixes.octets(body.family() == IpFamily.IPV4.number() ? IpFamily.IPV4 : IpFamily.IPV6);
        Octets address = attributes.get(Rta.DST).orElse(Octets.wrap(new byte[octets]));
        return address.length() == octets
                ? Optional.of(new IpPrefix(Rta.address(address), body.destinationLength()))
                : Optional.empty();
    }

    private static Optional<InetAddress> source(RouteKind kind, Attributes attributes) {
        return kind == RouteKind.DEVICE
                ? attributes
                        .get(Rta.PREFSRC)
                        .filter(octets -> octets.length() == 4 || octets.length() == 16)
                        .map(Rta::address)
                : Optional.empty();
    }

    private RtMsg body(Route route, int scope) {
        IpPrefix destination = route.destination();
        int family = Prefixes.family(destination).number();
        int type = route.kind().type();
        return new RtMsg(family, destination.length(), 0, 0, lowTable(), options.protocol(), scope, type, 0);
    }

    private Attributes attributes(Route route) {
        List<Attribute<?>> list = new ArrayList<>();
        list.add(Rta.DST.of(Octets.wrap(route.destination().address().getAddress())));
        list.add(Rta.PRIORITY.of(route.kind().metric()));
        route.source().ifPresent(s -> list.add(Rta.PREFSRC.of(Octets.wrap(s.getAddress()))));
        if (route.kind() == RouteKind.DEVICE) {
            list.add(Rta.OIF.of(interfaceIndex));
        }
        list.addAll(wideTable(Rta.TABLE));
        return new Attributes(list);
    }

    private FibRuleHdr ruleBody(IpFamily family) {
        return new FibRuleHdr(family.number(), 0, 0, 0, lowTable(), FR_ACT_TO_TBL, FIB_RULE_INVERT);
    }

    private Attributes ruleAttributes() {
        List<Attribute<?>> list = new ArrayList<>(List.of(
                Fra.PRIORITY.of(options.preference()),
                Fra.FWMARK.of(options.mark()),
                Fra.FWMASK.of(0xffffffff),
                Fra.PROTOCOL.of(options.protocol())));
        list.addAll(wideTable(Fra.TABLE));
        return new Attributes(list);
    }

    /** The member of eight bits: 0 where the number does not fit. */
    private int lowTable() {
        return isWide() ? 0 : options.table();
    }

    /** The attribute, where it does not fit. */
    private List<Attribute<Integer>> wideTable(AttributeType<Integer> type) {
        return isWide() ? List.of(type.of(options.table())) : List.of();
    }

    private boolean isWide() {
        return options.table() < 0 || options.table() > 255;
    }
}
