package org.ikebana.hostile;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.ikebana.kernel.tun.wire.MemoryWire;
import org.ikebana.kernel.tun.wire.WirePacket;

/**
 * Lets every genuine packet pass, after a number of hostile ones that it makes of it and of those that arrived before. Of
 * the thread that sends; between rounds of whoever synchronises with it.
 */
final class Attacker implements Predicate<WirePacket> {
    /** Old ones, far behind the window, and the newest. */
    private static final int REMEMBERED = 512;

    private static final Hostility[] KINDS = Hostility.values();

    private final MemoryWire victim;
    private final Random random;
    private final int perPacket;
    private final List<byte[]> arrived = new ArrayList<>();
    private final List<byte[]> passing = new ArrayList<>();
    private final Map<Hostility, Long> sent = new EnumMap<>(Hostility.class);
    private long refused;

    /** @param perPacket how many hostile packets go before each genuine one */
    Attacker(MemoryWire victim, long seed, int perPacket) {
        this.victim = victim;
        this.random = new Random(seed);
        this.perPacket = perPacket;
    }

    @Override
    public synchronized boolean test(WirePacket run) {
        byte[] genuine = Arrays.copyOf(run.octets(), Math.min(run.segment(), run.octets().length));
        for (int i = 0; i < perPacket; i++) {
            attack(run, genuine);
        }
        passing.add(genuine);
        return true;
    }

    /** What has passed until now has arrived, so that it can be replayed. */
    synchronized void allArrived() {
        for (byte[] genuine : passing) {
            if (arrived.size() < REMEMBERED) {
                arrived.add(genuine);
            } else {
                arrived.set(random.nextInt(REMEMBERED), genuine);
            }
        }
        passing.clear();
    }

    synchronized long sent() {
        return sent.values().stream().mapToLong(Long::longValue).sum();
    }

    /** By kind. */
    synchronized Map<Hostility, Long> sentByKind() {
        return new EnumMap<>(sent);
    }

    /** Those that the wire had no room for: they count as not sent. */
    synchronized long refused() {
        return refused;
    }

    private void attack(WirePacket run, byte[] genuine) {
        Hostility kind = KINDS[random.nextInt(arrived.isEmpty() ? 1 : 0, KINDS.length)];
        byte[] model = kind == Hostility.REPLAYED || !arrived.isEmpty() && random.nextBoolean()
                ? arrived.get(random.nextInt(arrived.size()))
                : genuine;
        byte[] octets = kind.make(model, random);
        boolean whole = kind == Hostility.REPLAYED || kind == Hostility.EXTENDED || random.nextInt(8) != 0;
        int segment = whole ? octets.length : random.nextInt(1, octets.length + 1);
        WirePacket packet =
                new WirePacket(run.inUdp(), source(run), run.destination(), random.nextInt(256), octets, segment);
        if (victim.inject(packet)) {
            sent.merge(kind, 1L, Long::sum);
        } else {
            refused++;
        }
    }

    /** Now and then from where the peer is not. */
    private InetSocketAddress source(WirePacket run) {
        return run.inUdp() && random.nextInt(16) == 0
                ? new InetSocketAddress(run.source().getAddress(), random.nextInt(1, 0x10000))
                : run.source();
    }
}
