package org.ikebana.simulation;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ikebana.kernel.memory.InboundVerdict;
import org.ikebana.kernel.memory.IpPacket;
import org.ikebana.kernel.memory.OutboundVerdict;
import org.ikebana.kernel.model.VirtualClock;

/**
 * Packets between the hosts behind two machines, and what must never become of them: in clear on the wire, taken from the
 * wire in clear, taken twice.
 */
final class Traffic {
    private static final int PORT = 4000;

    private final Machine west;
    private final Machine east;
    private final VirtualClock time;
    private final Network network;
    private final KeyLedger ledger;
    private final Attacker attacker;
    private final RandomGenerator random;
    private Weather weather = Weather.FAIR;
    private boolean isParted;
    private long delivered;

    Traffic(
            Machine west,
            Machine east,
            VirtualClock time,
            Network network,
            KeyLedger ledger,
            Attacker attacker,
            RandomGenerator random) {
        this.west = west;
        this.east = east;
        this.time = time;
        this.network = network;
        this.ledger = ledger;
        this.attacker = attacker;
        this.random = random;
    }

    void setWeather(Weather newWeather) {
        weather = newWeather;
    }

    /** Nothing passes between the two. */
    void part(boolean parted) {
        isParted = parted;
    }

    /** Packets that have arrived and were taken. */
    long delivered() {
        return delivered;
    }

    void send(int child, boolean fromWest) {
        Machine sender = fromWest ? west : east;
        send(child, sender, sender.isHeld(Scenario.childName(child)));
    }

    /** In the midst of what the daemon does: only what was held before has to be. */
    void sendMeanwhile(int child, Machine sender) {
        send(child, sender, sender.isHeldSince(Scenario.childName(child)));
    }

    private void send(int child, Machine sender, boolean isHeld) {
        boolean fromWest = sender == west;
        OutboundVerdict verdict = sender.kernel().packetOut(packet(child, fromWest));
        if (verdict instanceof OutboundVerdict.Passed) {
            if (isHeld) {
                throw new AssertionError(
                        sender.name + " let a packet of " + Scenario.childName(child) + " out in clear");
            }
            return;
        }
        sender.sawHeld(Scenario.childName(child));
        if (verdict instanceof OutboundVerdict.Protected wrapped) {
            leave(wrapped.packet(), sender);
        }
    }

    private void leave(IpPacket.Wrapped packet, Machine sender) {
        ledger.sent(packet);
        Optional<IpPacket.Wrapped> onTheWay =
                packet.source().equals(sender.address()) ? network.onArrival(packet) : Optional.empty();
        onTheWay.ifPresent(arriving -> {
            attacker.sawPacket(arriving);
            if (!isParted) {
                weather.carry(random, time, () -> arrive(arriving));
            }
        });
    }

    /** A packet of the wire reaches a machine, for the first time or again. */
    void arrive(IpPacket.Wrapped packet) {
        for (Machine machine : List.of(west, east)) {
            boolean isTaken = machine.address().equals(packet.destination())
                    && machine.kernel().packetForwarded(packet) instanceof InboundVerdict.Accepted;
            if (isTaken) {
                ledger.accepted(packet);
                delivered++;
            }
        }
    }

    /** Somebody on the wire pretends to be behind the peer. */
    void inject(int child, boolean atWest) {
        Machine machine = atWest ? west : east;
        boolean isTaken = machine.kernel().packetForwarded(packet(child, !atWest)) instanceof InboundVerdict.Accepted;
        if (isTaken && machine.isHeld(Scenario.childName(child))) {
            throw new AssertionError(machine.name + " took a packet in clear for " + Scenario.childName(child));
        }
    }

    private static IpPacket.Clear packet(int child, boolean fromWest) {
        try {
            InetAddress behindWest = InetAddress.getByName("10.1." + child + ".5");
            InetAddress behindEast = InetAddress.getByName("10.2." + child + ".5");
            return fromWest
                    ? IpPacket.Clear.udp(behindWest, PORT, behindEast, PORT)
                    : IpPacket.Clear.udp(behindEast, PORT, behindWest, PORT);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address is no name", e);
        }
    }
}
