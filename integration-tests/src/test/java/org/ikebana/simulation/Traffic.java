package org.ikebana.simulation;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.kernel.memory.InboundVerdict;
import org.ikebana.kernel.memory.IpPacket;
import org.ikebana.kernel.memory.OutboundVerdict;
import org.ikebana.kernel.model.VirtualClock;

/**
 * Packets between the hosts behind two machines, and what must never become of them: in clear on the wire, taken from the
 * wire in clear, taken twice.
 */
final class Traffic {
    private final Lines lines;
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
            Lines lines,
            Machine west,
            Machine east,
            VirtualClock time,
            Network network,
            KeyLedger ledger,
            Attacker attacker,
            RandomGenerator random) {
        this.lines = lines;
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

    void send(int line, boolean fromWest) {
        Machine sender = fromWest ? west : east;
        send(line, lines.packet(line, fromWest), sender, sender.isHeld(line));
    }

    /** What the peer takes no packets of is held like the rest of a child. */
    void sendAcross(int line, boolean fromWest) {
        Machine sender = fromWest ? west : east;
        lines.across(line, fromWest).ifPresent(packet -> send(line, packet, sender, sender.isHeld(line)));
    }

    /** In the midst of what the daemon does: only what was held before has to be. */
    void sendMeanwhile(int line, Machine sender) {
        send(line, lines.packet(line, sender.isWest), sender, sender.isHeldSince(line));
    }

    private void send(int line, IpPacket.Clear packet, Machine sender, boolean isHeld) {
        OutboundVerdict verdict = sender.kernel().packetOut(packet);
        if (verdict instanceof OutboundVerdict.Passed) {
            if (isHeld) {
                throw new AssertionError(sender.name + " let a packet of " + sender.child(line) + " out in clear");
            }
            return;
        }
        sender.sawHeld(line);
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
                    && take(machine, packet, packet.mode() == SaMode.TRANSPORT);
            if (isTaken) {
                ledger.accepted(packet);
                delivered++;
            }
        }
    }

    /** Somebody on the wire pretends to be behind the peer. */
    void inject(int line, boolean atWest) {
        Machine machine = atWest ? west : east;
        boolean isTaken = take(machine, lines.packet(line, !atWest), lines.isTransport(line));
        if (isTaken && machine.isHeld(line)) {
            throw new AssertionError(machine.name + " took a packet in clear for " + machine.child(line));
        }
    }

    /** @param isForMachine itself, and for no host behind it */
    private static boolean take(Machine machine, IpPacket packet, boolean isForMachine) {
        InboundVerdict verdict = isForMachine
                ? machine.kernel().packetIn(packet)
                : machine.kernel().packetForwarded(packet);
        return verdict instanceof InboundVerdict.Accepted;
    }
}
