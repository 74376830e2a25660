package org.ikebana.kernel.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.kernel.linux.NetworkNamespace.command;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.ikebana.kernel.xfrm.XfrmBackendProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** XFRM interfaces that come and go with their tunnels. User Mode Linux has none: {@code in-real-kernel --engine qemu}. */
@Tag("realkernel")
@Timeout(120)
class TunnelInterfaceTest {
    private static final Map<String, String> INTERFACES = Map.of("interface", "ike%d");
    private static final TestPolicy TUNNEL = TestPolicy.tunnel(TestNet.IPV4, 7).ifId(42);
    /** What AES-GCM over IPv4 leaves of 1500 octets. */
    private static final String FITTING = "mtu 1446";

    @Test
    void theInterfaceComesWithThePolicyAndGoesWithIt() throws Exception {
        inNamespace(kernel -> {
            kernel.apply(KernelUpdate.of(TUNNEL.put()));
            assertThat(command("ip -d link show ike42"))
                    .contains("xfrm if_id 0x2a")
                    .contains("UP")
                    .contains("mtu 1400");
            assertThat(routes()).containsExactly("10.2.0.0/16 dev ike42 proto 202 scope link src 10.1.0.1");

            kernel.apply(KernelUpdate.of(
                    TestSa.outbound(TestNet.IPV4, 0x1000).reqid(7).ifId(42).add()));
            assertThat(command("ip link show ike42")).contains(FITTING);

            kernel.apply(KernelUpdate.of(TUNNEL.delete()));
            assertThat(command("ip link")).doesNotContain("ike42");
            assertThat(routes()).isEmpty();
        });
    }

    @Test
    void packetsTakeTheInterfaceAndTheSa() throws Exception {
        inNamespace(kernel -> {
            kernel.apply(KernelUpdate.of(
                    TestSa.outbound(TestNet.IPV4, 0x1000).reqid(7).ifId(42).add(), TUNNEL.put()));

            ping("10.2.0.9");

            assertThat(kernel.snapshot().sas())
                    .singleElement()
                    .satisfies(sa -> assertThat(sa.usage().packets()).isPositive());
        });
    }

    @Test
    void aPeerWithinItsOwnNetworkStaysReachable() throws Exception {
        inNamespace(kernel -> {
            IpPrefix everything = new IpPrefix(InetAddress.ofLiteral("0.0.0.0"), 0);
            kernel.apply(KernelUpdate.of(TestPolicy.tunnel(TestNet.IPV4, 7)
                    .between(TestNet.IPV4.localNet(), everything)
                    .ifId(42)
                    .put()));

            assertThat(command("ip route get 198.51.100.9")).contains("dev ike42");
            assertThat(command("ip route get 192.0.2.2")).contains("dev d0");
        });
    }

    @Test
    void anInterfaceThatSomebodyElseMadeServesAndStays() throws Exception {
        inNamespace(kernel -> {
            command("ip link add mine type xfrm if_id 42");
            command("ip link set mine up");
            kernel.apply(KernelUpdate.of(TUNNEL.put()));
            assertThat(routes()).containsExactly("10.2.0.0/16 dev mine proto 202 scope link src 10.1.0.1");

            kernel.apply(KernelUpdate.of(TUNNEL.delete()));
            assertThat(command("ip link show mine")).contains("mine");
            assertThat(routes()).isEmpty();
        });
    }

    @Test
    void whatAKilledDaemonLeftGoesWithItsPolicy() throws Exception {
        inNamespace(kernel -> {
            command("ip link add ike42 type xfrm if_id 42");

            kernel.apply(KernelUpdate.of(TUNNEL.delete()));

            assertThat(command("ip link")).doesNotContain("ike42");
        });
    }

    @Test
    void anInterfaceByNameHasItsAddresses() throws Exception {
        inNamespace(Map.of("interfaces", "vti-b 42 169.254.1.1/30 fd00:9::1/64;vti-c 43"), kernel -> {
            kernel.apply(KernelUpdate.of(TUNNEL.put()));
            assertThat(command("ip -d link show vti-b")).contains("xfrm if_id 0x2a", "UP");
            assertThat(command("ip -o addr show dev vti-b"))
                    .contains("inet 169.254.1.1/30 ")
                    .contains("inet6 fd00:9::1/64 ");
            assertThat(routes()).containsExactly("10.2.0.0/16 dev vti-b proto 202 scope link src 10.1.0.1");
            assertThat(command("ip link")).as("nothing asks for it").doesNotContain("vti-c");

            kernel.apply(KernelUpdate.of(TUNNEL.delete()));
            assertThat(command("ip link")).doesNotContain("vti-b");
        });
    }

    private interface Body {
        void run(KernelBackend kernel) throws Exception;
    }

    private static void inNamespace(Body body) throws Exception {
        inNamespace(INTERFACES, body);
    }

    private static void inNamespace(Map<String, String> options, Body body) throws Exception {
        NetworkNamespace.run(() -> {
            needXfrmInterfaces();
            command("ip link add d0 type veth peer name d1");
            command("ip link set d0 arp off up");
            command("ip link set d1 up");
            command("ip addr add 192.0.2.1/24 dev d0");
            command("ip addr add 10.1.0.1/16 dev d0");
            command("ip route add default dev d0");
            try (KernelBackend kernel = new XfrmBackendProvider().open(options)) {
                body.run(kernel);
            }
        });
    }

    private static void needXfrmInterfaces() throws Exception {
        try {
            command("ip link add probe type xfrm if_id 1");
            command("ip link delete probe");
        } catch (IOException e) {
            NetworkNamespace.skip("this kernel has no XFRM interfaces; run it in integration-tests/rig/in-real-kernel"
                    + " --engine qemu");
        }
    }

    /** Nobody answers. */
    private static void ping(String address) throws InterruptedException, IOException {
        new ProcessBuilder("ping", "-c", "1", "-W", "1", address).start().waitFor();
    }

    private static List<String> routes() throws Exception {
        return command("ip route show table all")
                .lines()
                .filter(line -> line.contains("table 220"))
                .map(line -> line.replace(" table 220", "").strip())
                .toList();
    }
}
