package org.ikebana.kernel.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ikebana.kernel.linux.NetworkNamespace.addIpv6;
import static org.ikebana.kernel.linux.NetworkNamespace.command;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.ikebana.kernel.xfrm.XfrmBackendProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Routes with source addresses, as {@code ip route} tells them. Needs policies of the kernel, but no ESP. */
@Timeout(60)
class TunnelNetworkTest {
    private static final Map<String, String> ROUTES = Map.of("routes", "true");
    private static final TestPolicy TUNNEL = TestPolicy.tunnel(TestNet.IPV4, 7);

    @Test
    void aTunnelPolicyBringsItsRouteAndTakesItAlong() throws Exception {
        inNamespace(kernel -> {
            kernel.apply(KernelUpdate.of(TUNNEL.put()));

            assertThat(routes()).containsExactly("10.2.0.0/16 via 192.0.2.254 dev d0 proto 202 src 10.1.0.1");
            assertThat(command("ip route get 10.2.0.9")).contains("src 10.1.0.1");
            assertThat(rules()).contains("220: from all lookup 220 proto 202");

            kernel.apply(KernelUpdate.of(TUNNEL.delete()));

            assertThat(routes()).isEmpty();
        });
    }

    @Test
    void theRulesGoWithTheBackend() throws Exception {
        NetworkNamespace.run(() -> {
            addDevices();
            List<String> before = rules();
            KernelBackend kernel = new XfrmBackendProvider().open(ROUTES);
            kernel.apply(KernelUpdate.of(TUNNEL.put(), TUNNEL.delete()));
            kernel.close();

            assertThat(rules()).isEqualTo(before);
            assertThat(routes()).isEmpty();
        });
    }

    @Test
    void aRouteThatTwoPoliciesWantGoesWithTheSecond() throws Exception {
        inNamespace(kernel -> {
            TestPolicy udp = TestPolicy.tunnel(TestNet.IPV4, 8).protocol(17, PortMatch.ANY, PortMatch.exactly(53));
            kernel.apply(KernelUpdate.of(TUNNEL.put(), udp.put()));
            kernel.apply(KernelUpdate.of(TUNNEL.delete()));
            assertThat(routes()).hasSize(1);

            kernel.apply(KernelUpdate.of(udp.delete()));
            assertThat(routes()).isEmpty();
        });
    }

    @Test
    void anUpdateThatFailsLeavesNoRoute() throws Exception {
        inNamespace(kernel -> {
            KernelUpdate update = KernelUpdate.of(
                    TUNNEL.put(),
                    TestPolicy.tunnel(TestNet.IPV4, 1).tooManyTemplates().put());

            assertThatThrownBy(() -> kernel.apply(update)).isInstanceOf(KernelException.class);

            assertThat(routes()).isEmpty();
        });
    }

    @Test
    void withoutAnAddressThatThePolicyCoversThereIsNoRoute() throws Exception {
        inNamespace(kernel -> {
            TestPolicy others =
                    TestPolicy.tunnel(TestNet.IPV4, 7).between(prefix("10.8.0.0", 16), prefix("10.9.0.0", 16));
            kernel.apply(KernelUpdate.of(others.put()));
            assertThat(routes()).isEmpty();

            LinkedBlockingQueue<KernelEvent> events = new LinkedBlockingQueue<>();
            kernel.listen(events::add);
            command("ip addr add 10.8.0.1/16 dev d0");

            do { // the kernel may have had other news before
                assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo(new KernelEvent.AddressChanged());
            } while (routes().isEmpty());
            assertThat(routes()).containsExactly("10.9.0.0/16 via 192.0.2.254 dev d0 proto 202 src 10.8.0.1");
        });
    }

    @Test
    void knowsIpv6() throws Exception {
        inNamespace(kernel -> {
            kernel.apply(KernelUpdate.of(TestPolicy.tunnel(TestNet.IPV6, 7).put()));

            assertThat(command("ip -6 route show table 220")).contains("fd00:2::/32 dev d0 proto 202 src fd00:1::1");
        });
    }

    @Test
    void whatAKilledDaemonLeftGoesWithItsPolicy() throws Exception {
        NetworkNamespace.run(() -> {
            addDevices();
            command("ip route add 10.2.0.0/16 dev d0 table 220 proto 202 src 10.1.0.1");
            command("ip route add 10.3.0.0/16 dev d0 table 220");
            try (KernelBackend kernel = new XfrmBackendProvider().open(ROUTES)) {
                assertThat(routes())
                        .as("until it is known whether it is wanted")
                        .hasSize(2);

                kernel.apply(KernelUpdate.of(TUNNEL.delete()));

                assertThat(routes()).containsExactly("10.3.0.0/16 dev d0 scope link");
            }
        });
    }

    @Test
    void withoutTheOptionNothingIsMade() throws Exception {
        NetworkNamespace.run(() -> {
            addDevices();
            List<String> before = rules();
            try (KernelBackend kernel = new XfrmBackendProvider().open(Map.of())) {
                kernel.apply(KernelUpdate.of(TUNNEL.put()));

                assertThat(rules()).isEqualTo(before);
                assertThat(routes()).isEmpty();
            }
        });
    }

    private interface Body {
        void run(KernelBackend kernel) throws Exception;
    }

    private static void inNamespace(Body body) throws Exception {
        NetworkNamespace.run(() -> {
            addDevices();
            try (KernelBackend kernel = new XfrmBackendProvider().open(ROUTES)) {
                body.run(kernel);
            }
        });
    }

    private static void addDevices() throws Exception {
        command("ip link add d0 type veth peer name d1");
        command("ip link set d0 arp off up");
        command("ip link set d1 up");
        command("ip addr add 192.0.2.1/32 dev d0");
        command("ip addr add 10.1.0.1/16 dev d0");
        command("ip route add 192.0.2.254 dev d0");
        command("ip route add default via 192.0.2.254");
        addIpv6("2001:db8::1/64", "d0");
        addIpv6("fd00:1::1/32", "d0");
    }

    private static List<String> routes() throws Exception {
        return lines("ip route show table all").stream()
                .filter(line -> line.contains("table 220"))
                .map(line -> line.replace(" table 220", ""))
                .toList();
    }

    private static List<String> rules() throws Exception {
        return lines("ip rule show");
    }

    private static List<String> lines(String command) throws Exception {
        return command(command)
                .lines()
                .map(line -> line.strip().replace('\t', ' '))
                .toList();
    }

    private static IpPrefix prefix(String address, int length) {
        return new IpPrefix(InetAddress.ofLiteral(address), length);
    }
}
