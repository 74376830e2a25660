package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.kernel.linux.NetworkNamespace.command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A ping through an XFRM interface that came with its tunnel, and back from a peer that knows nothing of interfaces. User
 * Mode Linux has none: {@code in-real-kernel --engine qemu}.
 */
@Tag("realkernel")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class InterfaceTrafficInKernelTest {
    private static final int IF_ID = 42;
    private static final int OUR_SPI = 0xc0000001;
    private static final int PEERS_SPI = 0xc1000002;
    private static final KernelSuite GCM = KernelSuite.esp().findFirst().orElseThrow();
    /** Of /proc/net/dev: octets and packets received, six more columns, octets and packets sent. */
    private static final Pattern COUNTERS = Pattern.compile("ike42:\\s*\\d+\\s+(\\d+)(?:\\s+\\d+){7}\\s+(\\d+)\\s");

    @SuppressWarnings("NullAway.Init") // made before the first test
    private KernelPeer peer;

    @BeforeAll
    void connect() throws Exception {
        peer = KernelPeer.connect();
        try {
            command("ip link add probe type xfrm if_id 1");
            command("ip link delete probe");
        } catch (IOException e) {
            NetworkNamespace.skip("this kernel has no XFRM interfaces; run it in integration-tests/rig/in-real-kernel"
                    + " --engine qemu");
        }
    }

    @AfterAll
    void disconnect() {
        peer.close();
    }

    @ParameterizedTest
    @CsvSource({"IPV4, IPV4", "IPV6, IPV6", "IPV6, IPV4", "IPV4, IPV6"})
    void aPingGoesThroughTheInterfaceAndAllGoesWithTheTunnel(TestNet outer, TestNet inner) throws Exception {
        Ends ends = new Ends(outer, inner, SaMode.TUNNEL);
        String rulesBefore = rules();
        TestSa in = TestSa.inbound(outer, new Spi(OUR_SPI))
                .reqid(Ends.REQID)
                .ifId(IF_ID)
                .algorithms(GCM.ours());
        TestSa out =
                TestSa.outbound(outer, PEERS_SPI).reqid(Ends.REQID).ifId(IF_ID).algorithms(GCM.ours());
        List<TestPolicy> policies = List.of(
                policy(ends), policy(ends).incoming(Direction.IN), policy(ends).incoming(Direction.FORWARD));
        try (KernelBackend kernel = new XfrmBackendProvider().open(Map.of("interface", "ike%d"))) {
            kernel.apply(KernelUpdate.of(in.add(), out.add()));
            for (TestPolicy policy : policies) {
                kernel.apply(KernelUpdate.of(policy.put()));
            }
            tellThePeer(ends);
            assertThat(command("ip -d link show ike42")).contains("xfrm if_id 0x2a");
            assertThat(routes()).contains("dev ike42");

            assertThat(peer.answersTo(ends.source(), ends.destination(), 200)).isEqualTo(KernelPeer.REQUESTS);

            assertThat(kernel.snapshot().sas())
                    .as("all pings went through both SAs")
                    .hasSize(2)
                    .allMatch(sa -> sa.usage().packets() >= KernelPeer.REQUESTS);
            assertThat(COUNTERS.matcher(command("cat /proc/net/dev")).results())
                    .as("and through the interface both ways")
                    .singleElement()
                    .satisfies(packets -> assertThat(List.of(packets.group(1), packets.group(2)))
                            .allMatch(count -> Integer.parseInt(count) >= KernelPeer.REQUESTS));

            kernel.apply(KernelUpdate.of(in.delete(), out.delete()));
            for (TestPolicy policy : policies) {
                kernel.apply(KernelUpdate.of(policy.delete()));
            }
            assertThat(command("ip link")).doesNotContain("ike42");
            assertThat(routes()).isBlank();
        } finally {
            peer.ip("xfrm state flush");
            peer.ip("xfrm policy flush");
        }
        assertThat(rules()).isEqualTo(rulesBefore);
        assertThat(command("ip xfrm state") + command("ip xfrm policy")).isBlank();
    }

    private void tellThePeer(Ends ends) throws Exception {
        for (boolean towardsUs : new boolean[] {true, false}) {
            peer.ip("xfrm state add "
                    + ends.stateWords(SaProtocol.ESP, towardsUs, towardsUs ? OUR_SPI : PEERS_SPI, "", GCM.peers()));
            peer.ip("xfrm policy add " + ends.selectorWords(towardsUs) + " dir " + (towardsUs ? "out" : "in")
                    + ends.templateWords(SaProtocol.ESP, towardsUs));
        }
    }

    private static TestPolicy policy(Ends ends) {
        return TestPolicy.pass(ends.inner())
                .between(IpPrefix.host(ends.source()), IpPrefix.host(ends.destination()))
                .templates(ends.template(SaProtocol.ESP, false))
                .ifId(IF_ID);
    }

    /** In every table but those of everybody. */
    private static String routes() throws Exception {
        return String.join(
                "\n",
                (command("ip -4 route show table all") + command("ip -6 route show table all"))
                        .lines()
                        .filter(line -> line.contains("table 220"))
                        .toList());
    }

    private static String rules() throws Exception {
        return command("ip -4 rule") + command("ip -6 rule");
    }
}
