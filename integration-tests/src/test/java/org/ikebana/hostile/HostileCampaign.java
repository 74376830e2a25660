package org.ikebana.hostile;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.ikebana.kernel.tun.device.MemoryDevice;
import org.ikebana.kernel.tun.wire.MemoryWire;

/**
 * Genuine datagrams from one end of a tunnel to the other, in rounds, with an attacker in between. The wire keeps its
 * order: when a round's last datagram has arrived, all that the attacker sent before it has been dealt with.
 */
final class HostileCampaign {
    private static final int ROUND = 16;
    private static final int HOSTILE_PER_PACKET = 48;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MemoryDevice sender;
    private final MemoryDevice receiver;
    private final NumberedPackets packets;
    private final Attacker attacker;

    /**
     * @param way the sender's end of the wire
     * @param victim the receiver's
     */
    HostileCampaign(
            MemoryDevice sender,
            InetAddress source,
            MemoryWire way,
            MemoryWire victim,
            MemoryDevice receiver,
            InetAddress destination,
            long seed) {
        this.sender = sender;
        this.receiver = receiver;
        this.packets = new NumberedPackets(source, destination);
        this.attacker = new Attacker(victim, seed, HOSTILE_PER_PACKET);
        way.filter(attacker);
    }

    /**
     * Goes on until so many more hostile packets have been sent.
     *
     * @throws AssertionError if any of them got through, or a genuine one did not
     */
    void run(long hostile) throws InterruptedException {
        for (long goal = attacker.sent() + hostile; attacker.sent() < goal; ) {
            round();
        }
        Optional<byte[]> more = receiver.tryTake();
        if (more.isPresent()) {
            packets.arrived(more.get());
        }
    }

    /** Hostile packets, by what was done to them. */
    Map<Hostility, Long> sent() {
        return attacker.sentByKind();
    }

    /** Genuine ones, all of which arrived. */
    long genuine() {
        return packets.made();
    }

    private void round() throws InterruptedException {
        for (int i = 0; i < ROUND; i++) {
            if (!sender.inject(packets.next())) {
                throw new AssertionError("the sending device is full");
            }
        }
        while (!packets.allArrived()) {
            byte[] packet = receiver.take(PATIENCE)
                    .orElseThrow(() -> new AssertionError("a genuine datagram was lost after " + attacker.sent()
                            + " hostile packets, " + attacker.refused() + " of them without room on the wire"));
            packets.arrived(packet);
        }
        attacker.allArrived();
    }
}
