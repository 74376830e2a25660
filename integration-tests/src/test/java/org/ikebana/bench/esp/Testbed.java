package org.ikebana.bench.esp;

import org.ikebana.it.lab.Lab;
import org.ikebana.it.net.Netns;
import org.ikebana.it.net.Site;

/** Two gateways on one cable, each with a network behind it of which it has one address itself. */
record Testbed(Site west, Site east) {
    private static final String WEST_WAN = "192.0.2.1";
    private static final String EAST_WAN = "192.0.2.2";
    private static final String WEST_LAN = "10.1.0.0/24";
    private static final String EAST_LAN = "10.2.0.0/24";
    private static final String WEST_HOST = "10.1.0.1";
    private static final String EAST_HOST = "10.2.0.1";

    /** There is no route from network to network: what arrives has gone through a tunnel. */
    static Testbed create(Lab lab) {
        Netns west = Netns.create(lab, "west");
        Netns east = Netns.create(lab, "east");
        west.ip(
                west.cable("wan", east, "wan"),
                "link set dev lo up",
                "address add " + WEST_WAN + "/24 dev wan",
                "address add " + WEST_HOST + "/32 dev lo");
        east.ip(
                "link set dev lo up",
                "link set dev wan up",
                "address add " + EAST_WAN + "/24 dev wan",
                "address add " + EAST_HOST + "/32 dev lo");
        return new Testbed(
                new Site(west, west, WEST_WAN, WEST_WAN, WEST_LAN, WEST_HOST),
                new Site(east, east, EAST_WAN, EAST_WAN, EAST_LAN, EAST_HOST));
    }

    /** The networks reach each other in clear. */
    void open() {
        west.gateway().ip("route add " + EAST_LAN + " via " + EAST_WAN + " src " + WEST_HOST);
        east.gateway().ip("route add " + WEST_LAN + " via " + WEST_WAN + " src " + EAST_HOST);
    }
}
