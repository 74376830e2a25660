package org.ikebana.it.net;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.process.Patience;
import org.ikebana.it.process.RunningProcess;

/**
 * Everything that passes one port of a {@link Wire}, but ARP, neighbour discovery and multicast reports. When it
 * has been made it is listening.
 */
public final class Capture {
    private static final String NO_HOUSEKEEPING =
            "not arp and not igmp and not (icmp6 and ip6[40] > 129) and not ip6[6] = 0";

    private final Wire wire;
    private final Path file;
    private final RunningProcess tcpdump;

    private Capture(Wire wire, Path file, RunningProcess tcpdump) {
        this.wire = wire;
        this.file = file;
        this.tcpdump = tcpdump;
    }

    /** @param only a further filter, in pcap-filter(7)'s words; empty for none */
    static Capture start(Wire wire, String port, String only) {
        Lab lab = wire.netns().lab();
        Path file = lab.newFolder("capture").resolve("packets.pcap");
        String command = "tcpdump -i %s -nn -l --immediate-mode -Z root -U -w %s --print".formatted(port, file);
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.add(only.isEmpty() ? NO_HOUSEKEEPING : NO_HOUSEKEEPING + " and " + only);
        RunningProcess tcpdump = lab.own(RunningProcess.start(
                "tcpdump at the port of " + port, wire.netns().commandLine(arguments), Map.of()));
        tcpdump.await("^tcpdump: listening on", Patience.seconds(60));
        return new Capture(wire, file, tcpdump);
    }

    /** All packets that passed before this call. */
    public List<Packet> packets() {
        tcpdump.await(wire.mark(), Patience.seconds(60));
        return tcpdump.lines().stream().filter(Wire::isTraffic).map(Packet::new).toList();
    }

    /** Those of this kind; the daemons may talk at any time. */
    public List<Packet> packets(Packet.Kind kind) {
        return packets().stream().filter(packet -> packet.kind() == kind).toList();
    }

    /** Waits until a packet has passed in whose line the expression is found. */
    public Packet await(String regex) {
        return new Packet(tcpdump.await(regex, Patience.seconds(30)));
    }

    /** Waits until so many further packets have passed. */
    public void awaitFurther(int count, Duration limit) {
        tcpdump.awaitFurther(count, " IP6? ", limit);
    }

    /** The packets in pcap format; complete up to the last call of {@link #packets()}. */
    public Path file() {
        return file;
    }
}
