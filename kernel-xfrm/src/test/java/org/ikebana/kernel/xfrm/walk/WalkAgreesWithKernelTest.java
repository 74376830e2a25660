package org.ikebana.kernel.xfrm.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.kernel.linux.NetworkNamespace.command;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.kernel.link.Links;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.rtnetlink.RouteMessage;
import org.ikebana.kernel.xfrm.table.XfrmCounter;
import org.ikebana.kernel.xfrm.table.XfrmStat;
import org.ikebana.kernel.xfrm.table.XfrmTables;
import org.ikebana.kernel.xfrm.table.XfrmTables.Keys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kernel as the judge of the walk: policies that overlap at random, put by {@code ip xfrm}, and packets that are sent or
 * refused. A template without SA is as good as any here, as the counters tell what became of the packet.
 */
@Timeout(60)
class WalkAgreesWithKernelTest {
    private static final int ROUNDS = 12;
    private static final int POLICIES = 10;
    private static final int PACKETS = 12;
    private static final int UDP = 17;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatThePoliciesSayHappens() throws Exception {
        NetworkNamespace.run(() -> {
            command("ip link add d0 type veth peer name d1");
            command("ip link set d0 arp off up");
            command("ip link set d1 up");
            command("ip addr add 10.1.0.1/16 dev d0");
            command("ip route add default dev d0");
            Tally tally = new Tally();
            for (int seed = 0; seed < ROUNDS; seed++) {
                round(new Random(seed), tally);
            }
            assertThat(tally.passed).as("packets that passed").isPositive();
            assertThat(tally.blocked).as("packets that were blocked").isPositive();
            assertThat(tally.withoutSa).as("packets without SA").isPositive();
        });
    }

    private static final class Tally {
        private int passed;
        private int blocked;
        private int withoutSa;
    }

    private void round(Random random, Tally tally) throws Exception {
        command("ip xfrm policy flush");
        command("ip xfrm state flush");
        Path batch = Files.write(folder.resolve("batch"), policies(random));
        command("ip -batch " + batch);
        XfrmTables tables = XfrmTables.read(Keys.WIPED);
        for (int i = 0; i < PACKETS; i++) {
            InetAddress destination =
                    InetAddress.ofLiteral("10.2.%d.%d".formatted(random.nextInt(2), random.nextInt(4)));
            int port = 1 + random.nextInt(3);
            try (DatagramSocket socket = new DatagramSocket(0, InetAddress.ofLiteral("10.1.0.1"))) {
                Packet packet =
                        new Packet(socket.getLocalAddress(), destination, UDP, socket.getLocalPort(), port, 0, 0);
                Stage stage = new TrafficWalk(tables, host()).stage(packet, Direction.OUT);
                XfrmStat before = XfrmStat.read();
                send(socket, destination, port);
                check(stage, before, XfrmStat.read(), tally);
            }
        }
    }

    private static void check(Stage stage, XfrmStat before, XfrmStat after, Tally tally) {
        long blocked = after.count(XfrmCounter.OUT_POL_BLOCK) - before.count(XfrmCounter.OUT_POL_BLOCK);
        long withoutSa = after.count(XfrmCounter.OUT_NO_STATES) - before.count(XfrmCounter.OUT_NO_STATES);
        switch (stage.verdict()) {
            case Verdict.InClear ignored -> {
                tally.passed++;
                assertThat(blocked + withoutSa).as("%s", stage).isZero();
            }
            case Verdict.Dropped ignored -> {
                tally.blocked++;
                assertThat(blocked).as("%s", stage).isPositive();
            }
            case Verdict.Awaited ignored -> {
                tally.withoutSa++;
                assertThat(withoutSa).as("%s", stage).isPositive();
            }
            default -> throw new AssertionError("there are no SAs, but " + stage);
        }
    }

    /** Prefixes and priorities of few values, so that they often meet. Each selector with its mark can be there once. */
    private static Collection<String> policies(Random random) {
        Map<String, String> lines = new LinkedHashMap<>();
        for (int i = 0; i < POLICIES; i++) {
            String selector = selector(random);
            String mark = random.nextInt(4) == 0 ? " mark 7 mask 0xff" : "";
            lines.putIfAbsent(
                    selector + mark,
                    "xfrm policy add " + selector + " dir out priority " + random.nextInt(3) + mark + action(random));
        }
        return lines.values();
    }

    private static String selector(Random random) {
        String selector = random.nextBoolean()
                ? "src 10.1.0.0/16 dst 10.2.0.0/16"
                : "src 10.1.0.0/16 dst 10.2.%d.0/%d".formatted(random.nextInt(2), 24 + random.nextInt(9));
        return switch (random.nextInt(3)) {
            case 0 -> selector;
            case 1 -> selector + " proto udp";
            default -> selector + " proto udp dport " + (1 + random.nextInt(3));
        };
    }

    private static String action(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> " action block";
            case 1 -> " action allow";
            default -> " tmpl src 192.0.2.1 dst 192.0.2.2 proto esp reqid 7 mode tunnel";
        };
    }

    /** The kernel may refuse, which the counters tell. */
    private static void send(DatagramSocket socket, InetAddress destination, int port) {
        try {
            socket.send(new DatagramPacket(new byte[1], 1, new InetSocketAddress(destination, port)));
        } catch (IOException e) {
            assertThat(e)
                    .hasMessageMatching("Operation not permitted|Resource temporarily unavailable|No such process"
                            + "|Network is unreachable|Protocol not supported");
        }
    }

    private static Host host() throws IOException {
        try (NetlinkClient<RouteMessage> kernel = Links.connect()) {
            return new Host(new Links(kernel).addresses(), false, Instant.now());
        }
    }
}
