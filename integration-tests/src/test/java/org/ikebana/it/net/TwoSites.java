package org.ikebana.it.net;

import org.ikebana.it.lab.Lab;
import org.ikebana.it.process.Await;
import org.ikebana.it.process.Patience;

/**
 * Two sites, each a gateway with a LAN and a host in it, and the wire between them. Without IPsec the hosts reach each
 * other in clear, so that a test which sees no clear packet has seen something.
 *
 * @param wire what lies between the gateways; {@link #listen()} listens to it
 */
public record TwoSites(Wire wire, Netns outermost, Site west, Site east) {
    private static final String WEST_LAN = "10.1.0";
    private static final String EAST_LAN = "10.2.0";
    private static final String WEST_WAN = "192.0.2.1";
    private static final String EAST_WAN = "192.0.2.2";
    private static final String WEST_PRIVATE = "172.16.0.2";
    private static final String NAT_INSIDE = "172.16.0.1";

    /**
     * Both gateways on one wire.
     *
     * <pre>
     * host 10.1.0.2 -- west 192.0.2.1 -- wire -- 192.0.2.2 east -- 10.2.0.2 host
     * </pre>
     */
    public static TwoSites onOneWire(Lab lab) {
        Wire wire = Wire.create(lab);
        Netns west = Netns.create(lab, "west");
        Netns east = Netns.create(lab, "east");
        wire.plug(west, "wan");
        wire.plug(east, "wan");
        return new TwoSites(
                        wire,
                        west,
                        site(west, WEST_WAN, WEST_WAN, EAST_WAN, WEST_LAN),
                        site(east, EAST_WAN, EAST_WAN, WEST_WAN, EAST_LAN))
                .whenReady();
    }

    /**
     * The western gateway has a private address; a router translates it, and the ports too.
     *
     * <pre>
     * host 10.1.0.2 -- west 172.16.0.2 -- 172.16.0.1 nat 192.0.2.1 -- wire -- 192.0.2.2 east -- 10.2.0.2 host
     * </pre>
     */
    public static TwoSites westBehindNat(Lab lab) {
        Wire wire = Wire.create(lab);
        Netns west = Netns.create(lab, "west");
        Netns nat = Netns.create(lab, "nat");
        Netns east = Netns.create(lab, "east");
        wire.plug(nat, "wan");
        wire.plug(east, "wan");
        nat.ip(
                nat.cable("inside", west, "wan"),
                "link set dev wan up",
                "address add " + NAT_INSIDE + "/24 dev inside",
                "address add " + WEST_WAN + "/24 dev wan",
                "route add default via " + EAST_WAN,
                "route add " + WEST_LAN + ".0/24 via " + WEST_PRIVATE);
        nat.forward();
        nat.exec("iptables -t nat -A POSTROUTING -o wan -j MASQUERADE --random".split(" "))
                .run();
        return new TwoSites(
                        wire,
                        nat,
                        site(west, WEST_PRIVATE, WEST_WAN, NAT_INSIDE, WEST_LAN),
                        site(east, EAST_WAN, EAST_WAN, WEST_WAN, EAST_LAN))
                .whenReady();
    }

    /** Listens on the wire, from now on. */
    public Capture listen() {
        return wire.capture(outermost);
    }

    /** The kernel takes its time to see that a cable has been plugged in. */
    private TwoSites whenReady() {
        Await.until(
                "the hosts reach each other", Patience.seconds(10), () -> Ping.once(west.host(), east.hostAddress()));
        return this;
    }

    /** Gives the gateway its addresses, a LAN with a host in it, and the way out. */
    private static Site site(Netns gateway, String wan, String publicAddress, String nextHop, String lan) {
        Netns host = Netns.create(gateway.lab(), gateway.role() + "-host");
        gateway.ip(
                "link set dev lo up",
                "link set dev wan up",
                "address add " + wan + "/24 dev wan",
                "route add default via " + nextHop,
                gateway.cable("lan", host, "lan"),
                "address add " + lan + ".1/24 dev lan");
        gateway.forward();
        host.ip(
                "link set dev lo up",
                "link set dev lan up",
                "address add " + lan + ".2/24 dev lan",
                "route add default via " + lan + ".1");
        return new Site(gateway, host, wan, publicAddress, lan + ".0/24", lan + ".2");
    }
}
