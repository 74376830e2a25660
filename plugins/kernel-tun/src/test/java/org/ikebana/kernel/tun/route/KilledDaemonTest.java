package org.ikebana.kernel.tun.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ikebana.kernel.linux.NetworkNamespace.addIpv6;
import static org.ikebana.kernel.linux.NetworkNamespace.command;
import static org.ikebana.kernel.tun.route.Nets.rules;
import static org.ikebana.kernel.tun.route.Nets.table;
import static org.ikebana.kernel.tun.route.Nets.table6;
import static org.ikebana.kernel.tun.route.Nets.traffic;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.ikebana.kernel.tun.device.TunDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A daemon that has no time to clean up: what it protected stays at home, and the next one finds its way. */
@Timeout(120)
class KilledDaemonTest {
    private static final List<ProtectedTraffic> PROTECTED =
            List.of(traffic("10.1.0.0/16", "10.2.0.0/16"), traffic("::/0", "2001:db8:2::/48"));

    /** The child: protects, says so, and waits for its end. */
    public static void main(String[] arguments) throws IOException {
        TunDevice device = TunDevice.open("ikebana%d", 2, 1400);
        TunnelRoutes.open(device.index(), RouteOptions.DEFAULT).protectAll(PROTECTED);
        System.out.println("ready " + device.name());
        if (System.in.read() >= 0) {
            throw new IOException("nobody writes here");
        }
    }

    @Test
    void killingItLeavesNoWayInClear() throws Exception {
        NetworkNamespace.run(() -> {
            command("ip link add v0 type veth peer name v1");
            command("ip link set v1 up");
            command("ip link set v0 up");
            command("ip addr add 10.1.0.1/16 dev v0");
            addIpv6("2001:db8:1::1/64", "v0");
            command("ip route add default via 10.1.0.254");
            command("ip -6 route add default via 2001:db8:1::fe");
            Process child = start();
            send("10.2.0.5");
            send("2001:db8:2::5");

            child.destroyForcibly().waitFor();

            while (command("ip -o link").contains("ikebana")) {
                Thread.onSpinWait(); // the kernel removes it in its own time; the test's timeout is the limit
            }
            assertThat(table()).hasSize(1).allMatch(line -> line.startsWith("unreachable 10.2.0.0/16"));
            assertThat(table6()).hasSize(1).allMatch(line -> line.startsWith("unreachable 2001:db8:2::/48"));
            assertRefused("10.2.0.5");
            assertRefused("2001:db8:2::5");
            send("10.3.0.5");

            try (TunDevice device = TunDevice.open("ikebana%d", 1, 1400);
                    TunnelRoutes routes = TunnelRoutes.open(device.index(), RouteOptions.DEFAULT)) {
                assertRefused("10.2.0.5");
                routes.protectAll(PROTECTED);
                routes.clearStale();
                assertThat(table()).hasSize(2);
                send("10.2.0.5");
                send("2001:db8:2::5");
                assertThat(device.queues().getFirst().read(ByteBuffer.allocateDirect(2000), 0, 2000))
                        .isPositive();
            }
            assertThat(table()).isEmpty();
            assertThat(table6()).isEmpty();
            assertThat(rules()).noneMatch(line -> line.startsWith("220:"));
            send("10.2.0.5");
        });
    }

    private static void send(String destination) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            assertThat(channel.send(ByteBuffer.allocate(8), new InetSocketAddress(destination, 9)))
                    .isEqualTo(8);
        }
    }

    private static void assertRefused(String destination) {
        assertThatThrownBy(() -> send(destination))
                .isInstanceOf(SocketException.class)
                .hasMessageMatching("No route to host|Network is unreachable");
    }

    private static Process start() throws IOException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledDaemonTest.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = child.inputReader(StandardCharsets.UTF_8);
        assertThat(output.readLine()).isEqualTo("ready ikebana0");
        return child;
    }
}
