package org.ikebana.simulation;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ikebana.kernel.memory.IpPacket;

/**
 * Between whom packets go in a simulation: each line is a pair of subnets, one behind either machine, or in transport mode
 * the two machines themselves. A line is a child of its own, but one end may have two lines in one child, which its peer then
 * takes in parts (RFC 7296 2.9).
 */
final class Lines {
    private static final int PORT = 4000;
    private static final int POLICIES_OF_A_TUNNEL = 3;
    private static final int POLICIES_OF_TRANSPORT = 2;

    private final int count;
    private final Merging merging;
    private final boolean hasTransport;
    private final List<IpPacket.Clear> eastwards = new ArrayList<>();
    private final List<IpPacket.Clear> westwards = new ArrayList<>();

    /** Which end has two lines in one child. */
    enum Merging {
        NEITHER,
        WEST,
        EAST
    }

    /** @param hasTransport the last line is between the machines themselves */
    Lines(int count, Merging merging, boolean hasTransport) {
        this.count = count;
        this.merging = merging;
        this.hasTransport = hasTransport;
        for (int line = 0; line < count; line++) {
            IpPacket.Clear packet = packet(line, line);
            eastwards.add(packet);
            westwards.add(packet.reply());
        }
    }

    /** @param canHaveTransport the machines' addresses are the same all the time, and the peer sees them as they are */
    static Lines drawn(int count, boolean canHaveTransport, RandomGenerator random) {
        int kind = random.nextInt(8);
        Merging merging = count == 1 || kind >= Merging.values().length ? Merging.NEITHER : Merging.values()[kind];
        return new Lines(count, merging, canHaveTransport && random.nextInt(5) == 0);
    }

    int count() {
        return count;
    }

    boolean isTransport(int line) {
        return hasTransport && line == count - 1;
    }

    /** The name of the child that one end has for a line. */
    String child(boolean west, int line) {
        return "net" + first(west, line);
    }

    /** The names of the children that one end has, in order. */
    List<String> children(boolean west) {
        return IntStream.range(0, count)
                .mapToObj(line -> child(west, line))
                .distinct()
                .toList();
    }

    boolean isMerged() {
        return !children(true).equals(children(false));
    }

    /** The lines of one end's child. */
    List<Integer> of(boolean west, String child) {
        return IntStream.range(0, count)
                .filter(line -> child(west, line).equals(child))
                .boxed()
                .toList();
    }

    /**
     * How many policies one end's kernel has for a child.
     *
     * @param hasTrap for the whole child
     * @param up how many of its lines have SAs
     */
    int policies(boolean west, String child, boolean hasTrap, int up) {
        List<Integer> lines = of(west, child);
        if (isTransport(lines.getFirst())) {
            return hasTrap ? POLICIES_OF_TRANSPORT : POLICIES_OF_TRANSPORT * up;
        }
        return POLICIES_OF_A_TUNNEL * (hasTrap ? lines.size() * lines.size() : up);
    }

    /** The subnets behind one end of a child's lines, with blanks between them. */
    String nets(boolean west, String child, boolean behindWest) {
        return String.join(
                " ",
                of(west, child).stream()
                        .map(line -> (behindWest ? "10.1." : "10.2.") + line + ".0/24")
                        .toList());
    }

    IpPacket.Clear packet(int line, boolean fromWest) {
        return (fromWest ? eastwards : westwards).get(line);
    }

    /** A packet that one end's child covers and none of the other's: from one of its lines to the other. */
    Optional<IpPacket.Clear> across(int line, boolean fromWest) {
        Function<IpPacket.Clear, IpPacket.Clear> turned = packet -> fromWest ? packet : packet.reply();
        return of(fromWest, child(fromWest, line)).stream()
                .filter(other -> other != line)
                .findFirst()
                .map(other -> turned.apply(packet(line, other)));
    }

    private int first(boolean west, int line) {
        boolean isMerged = merging == (west ? Merging.WEST : Merging.EAST) && !isTransport(line);
        return isMerged ? line / 2 * 2 : line;
    }

    private IpPacket.Clear packet(int ofWest, int ofEast) {
        return isTransport(ofWest)
                ? IpPacket.Clear.udp(Scenario.WEST, PORT, Scenario.EAST, PORT)
                : IpPacket.Clear.udp(host(1, ofWest), PORT, host(2, ofEast), PORT);
    }

    private static InetAddress host(int side, int line) {
        return InetAddress.ofLiteral("10." + side + "." + line + ".5");
    }
}
