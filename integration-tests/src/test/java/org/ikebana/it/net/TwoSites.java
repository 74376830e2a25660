package org.ikebana.it.net;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private static final int WEST = 1;
    private static final int EAST = 2;
    private static final String WEST_PRIVATE = "172.16.0.2";
    private static final String NAT_INSIDE = "172.16.0.1";

    /** {@link #onOneWire(Lab, Family, Family)} with IPv4 in IPv4. */
    public static TwoSites onOneWire(Lab lab) {
        return onOneWire(lab, Family.IPV4, Family.IPV4);
    }

    /**
     * Both gateways on one wire. All machines have addresses of both families; the sites name those that the test is
     * about.
     *
     * <pre>
     * host 10.1.0.2 -- west 192.0.2.1 -- wire -- 192.0.2.2 east -- 10.2.0.2 host
     * host 2001:db8:1::2 -- west 2001:db8::1 -- wire -- 2001:db8::2 east -- 2001:db8:2::2 host
     * </pre>
     *
     * @param outer between the gateways
     * @param inner of the hosts
     */
    public static TwoSites onOneWire(Lab lab, Family outer, Family inner) {
        Wire wire = Wire.create(lab);
        Netns west = Netns.create(lab, "west");
        Netns east = Netns.create(lab, "east");
        wire.plug(west, "wan");
        wire.plug(east, "wan");
        west.ip(wan(WEST, EAST));
        east.ip(wan(EAST, WEST));
        Netns westHost = lan(west, WEST);
        Netns eastHost = lan(east, EAST);
        return new TwoSites(
                        wire,
                        west,
                        site(west, westHost, outer.wan(WEST), outer.wan(WEST), inner, WEST),
                        site(east, eastHost, outer.wan(EAST), outer.wan(EAST), inner, EAST))
                .whenReady();
    }

    /**
     * The western gateway has a private address; a router translates it, and the ports too. IPv4 only.
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
        Family four = Family.IPV4;
        nat.ip(
                nat.cable("inside", west, "wan"),
                "link set dev wan up",
                four.assign(NAT_INSIDE, "inside"),
                four.assign(four.wan(WEST), "wan"),
                four.defaultRoute(four.wan(EAST)),
                "route add " + four.lan(WEST) + " via " + WEST_PRIVATE);
        nat.forward();
        nat.exec("iptables -t nat -A POSTROUTING -o wan -j MASQUERADE --random".split(" "))
                .run();
        west.ip(
                "link set dev lo up",
                "link set dev wan up",
                four.assign(WEST_PRIVATE, "wan"),
                four.defaultRoute(NAT_INSIDE));
        east.ip(wan(EAST, WEST));
        Netns westHost = lan(west, WEST);
        Netns eastHost = lan(east, EAST);
        return new TwoSites(
                        wire,
                        nat,
                        site(west, westHost, WEST_PRIVATE, four.wan(WEST), four, WEST),
                        site(east, eastHost, four.wan(EAST), four.wan(EAST), four, EAST))
                .whenReady();
    }

    /** Listens on the wire, from now on. */
    public Capture listen() {
        return wire.capture(outermost);
    }

    /** Listens for what ought not to be there while much ESP in UDP is. */
    public Capture listenForOthers() {
        return wire.captureOthers(outermost);
    }

    /** From now on each packet that a gateway sends is so long on its way to the other one. */
    public void slowDown(Duration delay) {
        for (Site site : List.of(west, east)) {
            String netem = "tc qdisc replace dev wan root netem limit 10000 delay " + delay.toMillis() + "ms";
            site.gateway().exec(netem.split(" ")).run();
        }
    }

    /** The kernel takes its time to see that a cable has been plugged in. */
    private TwoSites whenReady() {
        Await.until(
                "the hosts reach each other", Patience.seconds(60), () -> Ping.once(west.host(), east.hostAddress()));
        return this;
    }

    /** What gives a gateway its addresses on the wire, and the other one as its way out. */
    private static String[] wan(int site, int other) {
        List<String> commands = new ArrayList<>(List.of("link set dev lo up", "link set dev wan up"));
        for (Family family : Family.values()) {
            commands.add(family.assign(family.wan(site), "wan"));
            commands.add(family.defaultRoute(family.wan(other)));
        }
        return commands.toArray(String[]::new);
    }

    /** Gives the gateway a LAN with a host in it. */
    private static Netns lan(Netns gateway, int site) {
        Netns host = Netns.create(gateway.lab(), gateway.role() + "-host");
        List<String> atGateway = new ArrayList<>(List.of(gateway.cable("lan", host, "lan")));
        List<String> atHost = new ArrayList<>(List.of("link set dev lo up", "link set dev lan up"));
        for (Family family : Family.values()) {
            atGateway.add(family.assign(family.host(site, 1), "lan"));
            atHost.add(family.assign(family.host(site, 2), "lan"));
            atHost.add(family.defaultRoute(family.host(site, 1)));
        }
        gateway.ip(atGateway.toArray(String[]::new));
        gateway.forward();
        host.ip(atHost.toArray(String[]::new));
        return host;
    }

    private static Site site(Netns gateway, Netns host, String wan, String publicAddress, Family inner, int number) {
        return new Site(gateway, host, wan, publicAddress, inner.lan(number), inner.host(number, 2));
    }
}
