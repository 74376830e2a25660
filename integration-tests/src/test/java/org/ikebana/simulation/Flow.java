package org.ikebana.simulation;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.kernel.memory.InboundVerdict;
import org.ikebana.kernel.memory.IpPacket;
import org.ikebana.kernel.memory.OutboundVerdict;

/** Packets between the two sites' networks, one each way every few milliseconds, through the tunnel and across the network. */
final class Flow {
    private static final Duration ON_THE_WAY = Duration.ofMillis(10);
    private static final Duration BETWEEN = Duration.ofMillis(5);
    static final IpPacket.Clear EASTWARD = packet();

    private final TwoPeers peers;
    private final List<Long> sequences = new ArrayList<>();
    private int eastwardLost;
    private int westwardLost;

    Flow(TwoPeers peers) {
        this.peers = peers;
    }

    /** Packets leave and arrive for so long. */
    Flow pass(Duration time) {
        for (Duration gone = Duration.ZERO; gone.compareTo(time) < 0; gone = gone.plus(BETWEEN)) {
            send(peers.west, peers.east, EASTWARD, () -> eastwardLost++);
            send(peers.east, peers.west, EASTWARD.reply(), () -> westwardLost++);
            peers.pass(BETWEEN);
        }
        return this;
    }

    /** What was on its way has arrived. */
    Flow arrive() {
        peers.pass(ON_THE_WAY);
        return this;
    }

    int eastwardLost() {
        return eastwardLost;
    }

    int westwardLost() {
        return westwardLost;
    }

    /** Whether one packet arrives, each way. */
    static boolean passesBothWays(TwoPeers peers) {
        Flow flow = new Flow(peers).pass(BETWEEN).arrive();
        return flow.eastwardLost + flow.westwardLost == 0;
    }

    /** Of west's packets, in the order in which they left. */
    List<Long> sequences() {
        return sequences;
    }

    private void send(Host from, Host to, IpPacket.Clear packet, Runnable lost) {
        boolean leaves = from.memory().packetOut(packet) instanceof OutboundVerdict.Protected wrapped
                && leave(from, to, wrapped.packet(), lost);
        if (!leaves) {
            lost.run();
        }
    }

    private boolean leave(Host from, Host to, IpPacket.Wrapped outer, Runnable lost) {
        if (from == peers.west) {
            sequences.add(outer.sequence());
        }
        IpPacket.Wrapped arriving = peers.network.onArrival(outer).orElseThrow();
        if (!from.localAddresses().contains(outer.source())) {
            return false;
        }
        peers.time.schedule(ON_THE_WAY, () -> {
            boolean isThere = peers.network.isAt(arriving.destination(), to)
                    && to.memory().packetForwarded(arriving) instanceof InboundVerdict.Accepted;
            if (!isThere) {
                lost.run();
            }
        });
        return true;
    }

    /** The UDP ports of the SA that west sends through; 0 and 0 without UDP. */
    static Encapsulation ports(Host host) {
        OutboundVerdict.Protected out =
                (OutboundVerdict.Protected) host.memory().packetOut(EASTWARD);
        return out.packet().encapsulation().orElse(new Encapsulation(0, 0));
    }

    private static IpPacket.Clear packet() {
        return IpPacket.Clear.udp(InetAddress.ofLiteral("10.1.0.7"), 4000, InetAddress.ofLiteral("10.2.0.7"), 4000);
    }
}
