package org.ikebana.kernel.tun.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ikebana.kernel.linux.NetworkNamespace.addIpv6;
import static org.ikebana.kernel.linux.NetworkNamespace.command;
import static org.ikebana.kernel.tun.route.Nets.net;
import static org.ikebana.kernel.tun.route.Nets.rules;
import static org.ikebana.kernel.tun.route.Nets.rules6;
import static org.ikebana.kernel.tun.route.Nets.table;
import static org.ikebana.kernel.tun.route.Nets.table6;
import static org.ikebana.kernel.tun.route.Nets.traffic;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.ikebana.kernel.tun.device.TunDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What ip(8) says of our routes, and where the kernel would send packets. */
@Timeout(60)
class TunnelRoutesTest {
    private static final String RULE = "220: not from all fwmark 0xdc lookup 220 proto 201";

    /** With a network on v0, 10.1.0.1/16 and 2001:db8:1::1/64, behind which all else is. */
    private interface Body {
        void run(TunnelRoutes routes) throws Exception;
    }

    private static void withRoutes(Body body) throws Exception {
        NetworkNamespace.run(() -> {
            command("ip link add v0 type veth peer name v1");
            command("ip link set v1 up");
            command("ip link set v0 up");
            command("ip addr add 10.1.0.1/16 dev v0");
            addIpv6("2001:db8:1::1/64", "v0");
            command("ip route add default via 10.1.0.254");
            command("ip -6 route add default via 2001:db8:1::fe");
            try (TunDevice device = TunDevice.open("ikebana%d", 1, 1400);
                    TunnelRoutes routes = TunnelRoutes.open(device.index(), RouteOptions.DEFAULT)) {
                body.run(routes);
            }
        });
    }

    @Test
    void leadsWhatIsProtectedIntoTheTunnel() throws Exception {
        withRoutes(routes -> {
            assertThat(rules()).contains(RULE);
            assertThat(rules6()).contains(RULE);

            routes.protect(traffic("10.1.0.0/16", "10.2.0.0/16"));
            routes.protect(traffic("2001:db8:1::/48", "2001:db8:2::/48"));

            assertThat(table())
                    .containsExactly(
                            "unicast 10.2.0.0/16 dev ikebana0 table 220 scope link src 10.1.0.1 metric 1024",
                            "unreachable 10.2.0.0/16 table 220 scope global metric 4294967294");
            assertThat(table6())
                    .containsExactly(
                            "unicast 2001:db8:2::/48 dev ikebana0 table 220 scope global"
                                    + " src 2001:db8:1::1 metric 1024 pref medium",
                            "unreachable 2001:db8:2::/48 dev lo table 220 scope global"
                                    + " metric 4294967294 pref medium");
            assertThat(command("ip route get 10.2.3.4")).startsWith("10.2.3.4 dev ikebana0 table 220 src 10.1.0.1");
            assertThat(command("ip route get 10.3.3.4")).contains("via 10.1.0.254 dev v0");
            assertThat(command("ip -6 route get 2001:db8:2::4")).contains("dev ikebana0 table 220");
        });
    }

    @Test
    void marksPassTheTunnelBy() throws Exception {
        withRoutes(routes -> {
            routes.protect(traffic("0.0.0.0/0", "0.0.0.0/0"));
            routes.protect(traffic("::/0", "::/0"));

            assertThat(command("ip route get 10.2.3.4")).contains("dev ikebana0 table 220");
            assertThat(command("ip route get 10.2.3.4 mark 220")).contains("via 10.1.0.254 dev v0");
            assertThat(command("ip route get 10.2.3.4 mark 476")).contains("dev ikebana0");
            assertThat(command("ip -6 route get 2001:db8:2::4")).contains("dev ikebana0 table 220");
            assertThat(command("ip -6 route get 2001:db8:2::4 mark 220")).contains("via 2001:db8:1::fe dev v0");
            assertThat(command("ip -6 route get fe80::5 oif v0"))
                    .as("neighbours are found all the same")
                    .contains("dev v0");
            assertThat(command("ip route get 10.1.0.1")).startsWith("local 10.1.0.1");
        });
    }

    @Test
    void countsPoliciesThatShareADestination() throws Exception {
        withRoutes(routes -> {
            ProtectedTraffic other = traffic("192.0.2.0/24", "10.2.0.0/16");
            ProtectedTraffic own = traffic("10.1.0.0/16", "10.2.0.0/16");
            routes.protectAll(List.of(other, other));
            assertThat(table()).hasSize(2).noneMatch(line -> line.contains("src"));

            routes.protect(own);
            assertThat(table()).hasSize(2).anyMatch(line -> line.contains("src 10.1.0.1"));

            routes.unprotect(own);
            assertThat(table()).hasSize(2).noneMatch(line -> line.contains("src"));

            routes.unprotect(other);
            assertThat(table()).hasSize(2);
            routes.unprotect(other);
            assertThat(table()).isEmpty();
            routes.unprotect(other);
            assertThat(table()).isEmpty();
        });
    }

    @Test
    void bypassesWithinWhatIsProtected() throws Exception {
        withRoutes(routes -> {
            routes.protect(traffic("10.1.0.0/16", "10.0.0.0/8"));
            routes.bypassAll(List.of(net("10.3.0.0/16"), net("10.3.0.0/16"), net("10.0.0.0/8")));

            assertThat(command("ip route get 10.3.0.1")).contains("via 10.1.0.254 dev v0");
            assertThat(command("ip route get 10.4.0.1"))
                    .as("protection of the same prefix wins")
                    .contains("dev ikebana0");
            command("ip link set ikebana0 down");
            assertThatThrownBy(() -> command("ip route get 10.4.0.1"))
                    .as("also while the device is not there")
                    .hasMessageContaining("No route to host");
            command("ip link set ikebana0 up");

            routes.endBypassAll(List.of(net("10.3.0.0/16"), net("10.0.0.0/8")));
            assertThat(table()).hasSize(2).anyMatch(line -> line.startsWith("throw 10.3.0.0/16"));
            routes.endBypassAll(List.of(net("10.3.0.0/16")));
            assertThat(table()).hasSize(1).allMatch(line -> line.startsWith("unreachable 10.0.0.0/8"));
        });
    }

    @Test
    void takesNothingWhenTheKernelRefusesOne() throws Exception {
        withRoutes(routes -> {
            routes.protect(traffic("10.1.0.0/16", "10.5.0.0/16"));
            command("ip link set ikebana0 down");

            assertThatThrownBy(() -> routes.protectAll(
                            List.of(traffic("10.1.0.0/16", "10.5.0.0/16"), traffic("10.1.0.0/16", "10.2.0.0/16"))))
                    .isInstanceOf(IOException.class)
                    .hasMessage("add the route to 10.2.0.0/16 into the tunnel from 10.1.0.1:"
                            + " Device for nexthop is not up");

            assertThat(table())
                    .containsExactly("unreachable 10.5.0.0/16 table 220 scope global" + " metric 4294967294");
            routes.unprotect(traffic("10.1.0.0/16", "10.5.0.0/16"));
            assertThat(table()).as("it was counted once").isEmpty();
        });
    }

    @Test
    void doesWithoutASourceThatIsGone() throws Exception {
        withRoutes(routes -> {
            command("ip addr del 10.1.0.1/16 dev v0");

            routes.protect(traffic("10.1.0.0/16", "10.2.0.0/16"));

            assertThat(table()).hasSize(2).noneMatch(line -> line.contains("src"));
        });
    }

    @Test
    void renewsSourcesAndPutsBackWhatIsMissing() throws Exception {
        withRoutes(routes -> {
            routes.protect(traffic("10.1.0.0/16", "10.2.0.0/16"));
            routes.protect(traffic("2001:db8:1::/48", "2001:db8:2::/48"));
            command("ip addr del 10.1.0.1/16 dev v0");
            command("ip addr del 2001:db8:1::1/64 dev v0");
            command("ip addr add 10.1.9.9/16 dev v0");
            addIpv6("2001:db8:1::9/64", "v0");
            command("ip rule del pref 220");
            assertThat(table()).as("which the kernel leaves").anyMatch(line -> line.contains("src 10.1.0.1"));

            routes.renew();

            assertThat(table()).hasSize(2).anyMatch(line -> line.contains("src 10.1.9.9"));
            assertThat(table6()).hasSize(2).anyMatch(line -> line.contains("src 2001:db8:1::9"));
            assertThat(rules()).contains(RULE);
            List<String> before = table();
            routes.renew();
            assertThat(table()).isEqualTo(before);
        });
    }

    @Test
    void leavesNothingAfterAnOrderlyEnd() throws Exception {
        NetworkNamespace.run(() -> {
            List<String> rules = rules();
            List<String> rules6 = rules6();
            command("ip link set lo up");
            command("ip route add 10.99.0.0/16 dev lo table 220");
            try (TunDevice device = TunDevice.open("ikebana%d", 1, 1400)) {
                TunnelRoutes routes = TunnelRoutes.open(device.index(), RouteOptions.DEFAULT);
                routes.protectAll(List.of(traffic("10.1.0.0/16", "10.2.0.0/16"), traffic("::/0", "::/0")));
                routes.bypassAll(List.of(net("10.2.3.0/24")));
                command("ip route add unreachable 10.7.0.0/16 table 220 proto 201 metric 4294967294");

                routes.close();
                routes.close();

                assertThat(table()).isEmpty();
                assertThat(table6()).isEmpty();
                assertThat(rules()).isEqualTo(rules);
                assertThat(rules6()).isEqualTo(rules6);
                assertThat(command("ip route show table 220"))
                        .as("others' stay")
                        .contains("10.99.0.0/16");
            }
            assertThat(command("ip -o link").lines()).hasSize(1);
        });
    }

    @Test
    void clearsWhatAnEarlierStartLeft() throws Exception {
        NetworkNamespace.run(() -> {
            command("ip rule add pref 100 not fwmark 7 lookup 77 protocol 201");
            command("ip rule add pref 101 fwmark 7 lookup 77 protocol 202");
            command("ip rule add pref 220 not fwmark 220 lookup 220 protocol 201");
            for (String prefix : List.of("10.2.0.0/16", "10.3.0.0/16")) {
                command("ip route add unreachable " + prefix + " table 220 proto 201 metric 4294967294");
            }
            command("ip route add unreachable 10.4.0.0/16 table 220 proto 202 metric 4294967294");
            command("ip -6 route add throw 2001:db8:7::/48 table 220 proto 201 metric 4294967295");
            try (TunDevice device = TunDevice.open("ikebana%d", 1, 1400);
                    TunnelRoutes routes = TunnelRoutes.open(device.index(), RouteOptions.DEFAULT)) {
                routes.protect(traffic("10.1.0.0/16", "10.2.0.0/16"));
                assertThat(table()).as("until it is told").hasSize(3);

                routes.clearStale();

                assertThat(table()).hasSize(2).allMatch(line -> line.contains("10.2.0.0/16"));
                assertThat(table6()).isEmpty();
                assertThat(command("ip route show table 220")).contains("10.4.0.0/16");
                assertThat(rules())
                        .hasSize(5)
                        .contains(RULE)
                        .anyMatch(line -> line.startsWith("101:"))
                        .noneMatch(line -> line.startsWith("100:"));
            }
        });
    }

    @Test
    void warnsOfAPeerInsideWhatIsProtected() throws Exception {
        withRoutes(routes -> {
            routes.protect(traffic("10.1.0.0/16", "10.2.0.0/16"));
            command("sysctl -q net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.v0.rp_filter=1");

            assertThat(routes.reversePathWarning(net("10.2.0.7/32").address()))
                    .contains("10.2.0.7 is inside what its own tunnel protects, and strict reverse path filtering"
                            + " on v0 drops all that comes from there; set net.ipv4.conf.v0.rp_filter=2");
            assertThat(routes.reversePathWarning(net("10.3.0.7/32").address())).isEmpty();
            command("sysctl -q net.ipv4.conf.v0.rp_filter=2");
            assertThat(routes.reversePathWarning(net("10.2.0.7/32").address())).isEmpty();
            command("sysctl -q net.ipv4.conf.v0.rp_filter=0 net.ipv4.conf.all.rp_filter=1");
            assertThat(routes.reversePathWarning(net("10.2.0.7/32").address())).isPresent();
        });
    }

    @Test
    void thousandsGoTogether() throws Exception {
        withRoutes(routes -> {
            List<ProtectedTraffic> many = IntStream.range(0, 10_000)
                    .mapToObj(i -> traffic("10.1.0.0/16", "11.%d.%d.0/24".formatted(i >> 8, i & 255)))
                    .toList();

            long start = System.nanoTime();
            routes.protectAll(many);
            System.out.printf("10,000 prefixes protected in %d ms%n", (System.nanoTime() - start) / 1_000_000);

            assertThat(table()).hasSize(20_000);
            routes.unprotectAll(many);
            assertThat(table()).isEmpty();
        });
    }
}
