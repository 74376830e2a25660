package org.ikebana.kernel.tun.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.kernel.tun.route.Nets.net;

import java.net.InetAddress;
import java.util.Optional;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.NetlinkMessage;
import org.ikebana.kernel.netlink.NetlinkRequest;
import org.ikebana.kernel.rtnetlink.Fra;
import org.ikebana.kernel.rtnetlink.RouteDecoder;
import org.ikebana.kernel.rtnetlink.RouteMessage.NewRoute;
import org.ikebana.kernel.rtnetlink.RouteMessage.NewRule;
import org.ikebana.kernel.rtnetlink.RtMsg;
import org.ikebana.kernel.rtnetlink.Rta;
import org.junit.jupiter.api.Test;

/** The octets are those that ip(8) of iproute2 6.1 sends for the command beside each, as strace(1) shows them. */
class RouteRequestsTest {
    private static final int SEQUENCE = 0x6b0481ad;
    private static final IpPrefix NET = net("10.2.0.0/16");
    private static final IpPrefix NET6 = net("2001:db8:2::/48");
    private static final Optional<InetAddress> SOURCE = Optional.of(InetAddress.ofLiteral("10.1.0.1"));

    private final RouteRequests requests = new RouteRequests(RouteOptions.DEFAULT, 2);
    private final RouteRequests wide = new RouteRequests(new RouteOptions(1000, 1, 100, 201), 2);

    /** {@code ip rule add pref 220 not fwmark 0xdc/0xffffffff lookup 220 protocol 201}. */
    @Test
    void addsTheRuleAsIpDoes() {
        assertThat(octets(requests.addRule(IpFamily.IPV4)))
                .isEqualTo(hex("3c000000 20000506 ad81046b 00000000 02000000 dc000001 02000000 08000600"
                        + "dc000000 08000a00 dc000000 08001000 ffffffff 05001500 c9000000"));
    }

    /** {@code ip route replace 10.2.0.0/16 dev t0 table 220 proto 201 metric 1024 src 10.1.0.1}. */
    @Test
    void leadsIntoTheDeviceAsIpDoes() {
        assertThat(octets(requests.add(Route.device(NET, SOURCE))))
                .isEqualTo(hex("3c000000 18000505 ad81046b 00000000 02100000 dcc9fd01 00000000 08000100"
                        + "0a020000 08000600 00040000 08000700 0a010001 08000400 02000000"));
    }

    /** {@code ip -6 route replace unreachable 2001:db8:2::/48 table 220 proto 201 metric 4294967294}. */
    @Test
    void makesUnreachableAsIpDoes() {
        assertThat(octets(requests.add(Route.unreachable(NET6))))
                .isEqualTo(hex("38000000 18000505 ad81046b 00000000 0a300000 dcc90007 00000000 14000100"
                        + "20010db8 00020000 00000000 00000000 08000600 feffffff"));
    }

    /** {@code ip route del unicast 10.2.0.0/16 dev t0 table 220 proto 201 metric 1024}: whatever the source. */
    @Test
    void removesAsIpDoes() {
        assertThat(octets(requests.remove(Route.device(NET, SOURCE))))
                .isEqualTo(hex("34000000 19000500 ad81046b 00000000 02100000 dcc9ff01 00000000 08000100"
                        + "0a020000 08000600 00040000 08000400 02000000"));
    }

    @Test
    void numbersOfTablesBeyondEightBitsGoIntoTheAttribute() throws Exception {
        NewRoute route = (NewRoute) sent(wide.add(Route.unreachable(NET)));
        NewRule rule = (NewRule) sent(wide.addRule(IpFamily.IPV6));

        assertThat(route.body().table()).isZero();
        assertThat(route.attributes().get(Rta.TABLE)).contains(1000);
        assertThat(rule.body().table()).isZero();
        assertThat(rule.attributes().get(Fra.TABLE)).contains(1000);
        assertThat(wide.read(route)).contains(Route.unreachable(NET));
        assertThat(requests.read(route)).isEmpty();
    }

    @Test
    void recognisesItsOwnOnly() throws Exception {
        NewRoute device = (NewRoute) sent(requests.add(Route.device(NET, SOURCE)));

        assertThat(requests.read(device)).contains(Route.device(NET, SOURCE));
        assertThat(new RouteRequests(RouteOptions.DEFAULT, 3).read(device)).isEmpty();
        assertThat(new RouteRequests(new RouteOptions(220, 220, 220, 202), 2).read(device))
                .isEmpty();
        assertThat(new RouteRequests(new RouteOptions(221, 220, 220, 201), 2).read(device))
                .isEmpty();
    }

    @Test
    void readsDefaultRoutesWhichNameNoDestination() {
        RtMsg body = new RtMsg(10, 0, 0, 0, 220, 201, 0, RtMsg.RTN_THROW, 0);

        assertThat(requests.read(new NewRoute(body, Attributes.of(Rta.PRIORITY.of(-1)))))
                .contains(Route.bypass(net("::/0")));
    }

    @Test
    void passesOverRoutesWhoseAddressIsOfAnotherLength() {
        RtMsg body = new RtMsg(2, 8, 0, 0, 220, 201, 0, RtMsg.RTN_THROW, 0);
        Attributes attributes = Attributes.of(Rta.PRIORITY.of(-1), Rta.DST.of(Octets.ofHex("20010db8")));
        Attributes wrong = Attributes.of(Rta.PRIORITY.of(-1), Rta.DST.of(Octets.ofHex("20010db800")));

        assertThat(requests.read(new NewRoute(body, attributes))).isPresent();
        assertThat(requests.read(new NewRoute(body, wrong))).isEmpty();
    }

    @Test
    void tellsStaleRulesFromItsOwnAndFromOthers() throws Exception {
        NewRule own = (NewRule) sent(requests.addRule(IpFamily.IPV4));

        assertThat(requests.isStale(own)).isFalse();
        assertThat(new RouteRequests(new RouteOptions(220, 221, 220, 201), 2).isStale(own))
                .as("another mark")
                .isTrue();
        assertThat(new RouteRequests(new RouteOptions(220, 220, 220, 202), 2).isStale(own))
                .as("another's")
                .isFalse();
    }

    private static Object sent(NetlinkRequest request) throws Exception {
        return RouteDecoder.decode(NetlinkMessage.split(written(request)).getFirst());
    }

    private static CStruct written(NetlinkRequest request) {
        CStruct target = CStruct.allocate(request.size());
        request.writeTo(target, SEQUENCE);
        return target;
    }

    private static String octets(NetlinkRequest request) {
        return written(request).octets(0, request.size()).toString();
    }

    private static String hex(String words) {
        return words.replace(" ", "");
    }
}
