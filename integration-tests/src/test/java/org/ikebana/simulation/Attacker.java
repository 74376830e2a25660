package org.ikebana.simulation;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.MessageReader;
import org.ikebana.kernel.memory.IpPacket;

/** Sees all that is on the wire, says it again as it was or damaged, makes packets up, and begins what it does not finish. */
final class Attacker {
    private static final int MEMORY = 100;
    private static final int ACTIONS_PER_FLOOD = 10;
    private static final int MOST_BEGINNINGS = 60;

    private final RandomGenerator random;
    private final Network network;
    private final Mutator mutator;
    private final List<Datagram> datagrams = new ArrayList<>();
    private final List<IpPacket.Wrapped> packets = new ArrayList<>();

    Attacker(RandomGenerator random, Network network) {
        this.random = random;
        this.network = network;
        this.mutator = new Mutator(random);
    }

    void sawDatagram(Datagram datagram) {
        remember(datagrams, datagram);
    }

    void sawPacket(IpPacket.Wrapped packet) {
        remember(packets, packet);
    }

    void act(Traffic traffic, int lines) {
        switch (random.nextInt(5)) {
            case 0 -> traffic.inject(random.nextInt(lines), random.nextBoolean());
            case 1 -> replayPacket(traffic);
            case 2 -> datagram(false);
            case 3 -> datagram(true);
            default -> {
                if (random.nextInt(ACTIONS_PER_FLOOD) == 0) {
                    flood();
                } else {
                    fromElsewhere();
                }
            }
        }
    }

    private void replayPacket(Traffic traffic) {
        if (!packets.isEmpty()) {
            traffic.arrive(packets.get(random.nextInt(packets.size())));
        }
    }

    private void datagram(boolean damaged) {
        if (datagrams.isEmpty()) {
            return;
        }
        Datagram seen = datagrams.get(random.nextInt(datagrams.size()));
        byte[] payload = damaged
                ? mutator.mutate(
                        seen.payload().clone(),
                        datagrams.get(random.nextInt(datagrams.size())).payload())
                : seen.payload();
        network.deliver(new Datagram(seen.local(), seen.remote(), payload), Duration.ofMillis(random.nextInt(50)));
    }

    private void fromElsewhere() {
        if (!datagrams.isEmpty()) {
            fromElsewhere(datagrams.get(random.nextInt(datagrams.size())));
        }
    }

    private void fromElsewhere(Datagram seen) {
        InetSocketAddress elsewhere = new InetSocketAddress(
                InetAddress.ofLiteral("203.0.113." + (1 + random.nextInt(250))), 1024 + random.nextInt(1000));
        network.deliver(new Datagram(elsewhere, seen.remote(), seen.payload()), Duration.ofMillis(random.nextInt(50)));
    }

    /** Begins many IKE SAs, from as many addresses, and goes on with none. */
    private void flood() {
        datagrams.stream().filter(Attacker::isBeginning).findFirst().ifPresent(begin -> {
            for (int times = random.nextInt(MOST_BEGINNINGS); times > 0; times--) {
                byte[] message = begin.payload().clone();
                ByteBuffer.wrap(message).putLong(random.nextLong());
                fromElsewhere(new Datagram(begin.local(), begin.remote(), message));
            }
        });
    }

    private static boolean isBeginning(Datagram datagram) {
        return MessageReader.readHeader(datagram.payload())
                .filter(header -> header.exchangeType() == ExchangeType.IKE_SA_INIT.code() && !header.response())
                .isPresent();
    }

    private <T> void remember(List<T> memory, T seen) {
        if (memory.size() < MEMORY) {
            memory.add(seen);
        } else {
            memory.set(random.nextInt(MEMORY), seen);
        }
    }
}
