package org.ikebana.kernel.tun.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.kernel.linux.NetworkNamespace.command;
import static org.ikebana.kernel.tun.route.Nets.net;
import static org.ikebana.kernel.tun.route.Nets.rules6;
import static org.ikebana.kernel.tun.route.Nets.table;
import static org.ikebana.kernel.tun.route.Nets.table6;
import static org.ikebana.kernel.tun.route.Nets.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.ikebana.kernel.link.Links;
import org.ikebana.kernel.linux.LogCapture;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.rtnetlink.RouteMessage;
import org.ikebana.kernel.tun.device.TunDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AddressWatchTest {
    private interface Body {
        void run(TunnelRoutes routes, BlockingQueue<String> told) throws Exception;
    }

    private static void watching(Body body) throws Exception {
        NetworkNamespace.run(() -> {
            command("ip link add v0 type veth peer name v1");
            command("ip link set v1 up");
            command("ip link set v0 up");
            command("ip addr add 10.1.0.1/16 dev v0");
            BlockingQueue<String> told = new LinkedBlockingQueue<>();
            try (TunDevice device = TunDevice.open("ikebana%d", 1, 1400);
                    TunnelRoutes routes = TunnelRoutes.open(device.index(), RouteOptions.DEFAULT);
                    AddressWatch watch = routes.watch(() -> told.add("changed"))) {
                routes.protect(traffic("10.1.0.0/16", "10.2.0.0/16"));
                routes.protect(traffic("::/0", "2001:db8:2::/48"));
                body.run(routes, told);
                watch.close();
            }
        });
    }

    /** Waits for what the watch's thread does; fails by the test's timeout. */
    private static void until(Condition condition) throws Exception {
        while (!condition.holds()) {
            Thread.onSpinWait();
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    @Test
    void renewsSourcesWhenAddressesChange() throws Exception {
        watching((routes, told) -> {
            command("ip addr del 10.1.0.1/16 dev v0");
            command("ip addr add 10.1.0.2/16 dev v0");

            assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo("changed");
            until(() -> table().stream().anyMatch(line -> line.contains("src 10.1.0.2")));
            assertThat(table()).hasSize(2);
        });
    }

    @Test
    void putsRoutesBackWhenTheDeviceIsUpAgain() throws Exception {
        watching((routes, told) -> {
            try (LogCapture log = new LogCapture(TunnelRoutes.class)) {
                command("ip link set ikebana0 down");
                until(() -> log.lines().stream()
                        .anyMatch(line -> line.startsWith("WARN Protected destinations are unreachable:"
                                + " put back the route to 10.2.0.0/16 into the tunnel")));
            }
            assertThat(table()).hasSize(1).allMatch(line -> line.startsWith("unreachable"));

            command("ip link set ikebana0 up");

            until(() -> table().size() == 2 && table6().size() == 2);
        });
    }

    @Test
    void putsBackWhatAnotherProgramRemoves() throws Exception {
        watching((routes, told) -> {
            List<String> before = table();
            List<String> before6 = table6();
            try (LogCapture log = new LogCapture(TunnelRoutes.class)) {
                command("ip route flush table 220");
                until(() -> table().equals(before));
                command("ip -6 route flush table 220");
                until(() -> table6().equals(before6));
                command("ip -6 rule del pref 220");
                until(() -> rules6().stream().anyMatch(line -> line.startsWith("220:")));
                assertThat(log.lines())
                        .contains("WARN Another program removed routes or rules of the tunnel; they are put back");
            }
        });
    }

    @Test
    void passesOverWhatWeDoOurselves() throws Exception {
        List<String> own = toldOfRoutesThatComeAndGo(0);
        List<String> others = toldOfRoutesThatComeAndGo(1);

        assertThat(own).doesNotContain("tampering");
        assertThat(others).as("the same by a socket that is not ours").contains("tampering");
    }

    /** What is told up to a rule of somebody else's: all comes in order. */
    private static List<String> toldOfRoutesThatComeAndGo(int portsAway) throws Exception {
        List<String> all = new ArrayList<>();
        NetworkNamespace.run(() -> {
            BlockingQueue<String> told = new LinkedBlockingQueue<>();
            try (TunDevice device = TunDevice.open("ikebana%d", 1, 1400);
                    NetlinkClient<RouteMessage> kernel = Links.connect()) {
                RouteOptions options = RouteOptions.DEFAULT;
                RoutingTable table = new RoutingTable(kernel, new RouteRequests(options, device.index()));
                table.addRules();
                AddressWatch.Ours ours =
                        new AddressWatch.Ours(options.table(), options.protocol(), kernel.port() + portsAway);
                try (AddressWatch watch = AddressWatch.start(ours, new Recorder(told))) {
                    List<Route> routes = IntStream.range(0, 100)
                            .mapToObj(i -> Route.device(net("11.0.%d.0/24".formatted(i)), Optional.empty()))
                            .toList();
                    assertThat(table.add(routes)).isEmpty();
                    table.remove(routes);
                    until(() -> {
                        command("ip rule add pref 50 lookup 77");
                        command("ip rule del pref 50");
                        return told.contains("routes");
                    });
                    watch.close();
                }
            }
            told.drainTo(all);
        });
        return all;
    }

    private record Recorder(BlockingQueue<String> told) implements AddressWatch.Listener {
        @Override
        public void onAddresses() {
            told.add("addresses");
        }

        @Override
        public void onOthersRoutes() {
            told.add("routes");
        }

        @Override
        public void onTampering() {
            told.add("tampering");
        }
    }
}
