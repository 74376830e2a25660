package org.ikebana.bench.tunnels;

import org.ikebana.it.lab.Lab;
import org.ikebana.it.net.Netns;

/** The gateway's namespace and that of all peers, who have a whole net of addresses there. */
record Cable(Netns gateway, Netns peers) {
    static Cable lay(Lab lab) {
        Netns peers = Netns.create(lab, "peers");
        Netns gateway = Netns.create(lab, "gateway");
        peers.ip(
                "link set dev lo up",
                peers.cable("wan", gateway, "wan"),
                "address add " + TunnelFiles.PEERS + "/24 dev wan",
                "route add local " + TunnelFiles.PEERS_NET + " dev lo");
        gateway.ip(
                "link set dev lo up",
                "link set dev wan up",
                "address add " + TunnelFiles.GATEWAY + "/24 dev wan",
                "route add " + TunnelFiles.PEERS_NET + " via " + TunnelFiles.PEERS,
                "address add 10.0.0.1/32 dev lo"); // strongSwan's user-space plane wants a source for its route
        return new Cable(gateway, peers);
    }
}
