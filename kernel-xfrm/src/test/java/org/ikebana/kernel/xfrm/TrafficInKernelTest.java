package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.kernel.linux.NetworkNamespace.command;

import java.util.List;
import java.util.stream.Stream;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelSnapshot.InstalledSa;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Ours at one end, {@code ip xfrm}'s at the other, and a ping that must come back through both: in a kernel with ESP. */
@Tag("realkernel")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class TrafficInKernelTest {
    private static final int OUR_SPI = 0xc0000001;
    private static final int PEERS_SPI = 0xc1000002;
    private static final int OUR_CPI = 0x1001;
    private static final int PEERS_CPI = 0x1002;
    private static final int OCTETS = 200;
    private static final KernelSuite GCM = KernelSuite.esp()
            .filter(suite -> suite.words().contains("gcm(aes)) ENC 128"))
            .findFirst()
            .orElseThrow();

    @SuppressWarnings("NullAway.Init") // made before the first test
    private KernelPeer peer;

    @SuppressWarnings("NullAway.Init")
    private XfrmBackend kernel;

    static Stream<KernelSuite> esp() {
        return KernelSuite.esp();
    }

    static Stream<KernelSuite> ah() {
        return KernelSuite.ah();
    }

    @BeforeAll
    void connect() throws Exception {
        peer = KernelPeer.connect();
        kernel = XfrmBackend.open();
        if (!kernel.capabilities().esp()) {
            NetworkNamespace.skip(
                    kernel.capabilities().espReason() + "; run it by integration-tests/rig/in-real-kernel");
        }
    }

    @AfterAll
    void disconnect() {
        kernel.close();
        peer.close();
    }

    @AfterEach
    void forget() throws Exception {
        command("ip xfrm state flush");
        command("ip xfrm policy flush");
        peer.ip("xfrm state flush");
        peer.ip("xfrm policy flush");
    }

    @ParameterizedTest
    @MethodSource("esp")
    void everyEspAlgorithmCarriesATunnel(KernelSuite suite) throws Exception {
        pingsThrough(new Ends(TestNet.IPV4, TestNet.IPV4, SaMode.TUNNEL), suite);
    }

    @ParameterizedTest
    @MethodSource("esp")
    void everyEspAlgorithmCarriesTransport(KernelSuite suite) throws Exception {
        pingsThrough(new Ends(TestNet.IPV6, TestNet.IPV6, SaMode.TRANSPORT), suite);
    }

    @ParameterizedTest
    @MethodSource("ah")
    void everyAhAlgorithmCarriesATunnel(KernelSuite suite) throws Exception {
        pingsThrough(new Ends(TestNet.IPV6, TestNet.IPV6, SaMode.TUNNEL), suite);
    }

    @ParameterizedTest
    @MethodSource("ah")
    void everyAhAlgorithmCarriesTransport(KernelSuite suite) throws Exception {
        pingsThrough(new Ends(TestNet.IPV4, TestNet.IPV4, SaMode.TRANSPORT), suite);
    }

    @ParameterizedTest
    @CsvSource({
        "TUNNEL, IPV4, IPV4",
        "TUNNEL, IPV6, IPV6",
        "TUNNEL, IPV6, IPV4",
        "TUNNEL, IPV4, IPV6",
        "TRANSPORT, IPV4, IPV4",
        "TRANSPORT, IPV6, IPV6",
        "BEET, IPV4, IPV4",
        "BEET, IPV6, IPV6",
        "BEET, IPV6, IPV4",
        "BEET, IPV4, IPV6"
    })
    void everyModeWithEveryFamilyInside(SaMode mode, TestNet outer, TestNet inner) throws Exception {
        pingsThrough(new Ends(outer, inner, mode), GCM);
    }

    @ParameterizedTest
    @CsvSource({"32, true", "33, true", "4096, true", "33, false", "4096, false"})
    void largeWindowsAndExtendedSequenceNumbers(int window, boolean extended) throws Exception {
        Ends ends = new Ends(TestNet.IPV4, TestNet.IPV4, SaMode.TUNNEL);
        TestSa in = inbound(ends, GCM).replayWindow(window);
        TestSa out = outbound(ends, GCM).replayWindow(window);
        if (extended) {
            kernel.apply(KernelUpdate.of(
                    in.extendedSequenceNumbers().add(),
                    out.extendedSequenceNumbers().add()));
        } else {
            kernel.apply(KernelUpdate.of(in.add(), out.add()));
        }
        policies(ends, SaProtocol.ESP);
        peersSas(ends, GCM.peers() + " replay-window " + window, extended ? "esn" : "");

        pings(ends, OCTETS);
    }

    /** As IKE negotiates it: IPComp in tunnel mode, ESP in transport mode around it. What gets no shorter goes as it is. */
    @ParameterizedTest
    @EnumSource
    void ipcompInsideEsp(TestNet net) throws Exception {
        Ends compressed = new Ends(net, net, SaMode.TUNNEL);
        Ends around = new Ends(net, net, SaMode.TRANSPORT);
        PolicyTemplate esp = around.template(SaProtocol.ESP, false);
        TestPolicy out = policy(compressed, compressed.template(SaProtocol.IPCOMP, false), esp);
        TestPolicy in = policy(compressed, compressed.template(SaProtocol.IPCOMP, true), esp);
        kernel.apply(KernelUpdate.of(
                inbound(around, GCM).add(),
                outbound(around, GCM).add(),
                TestSa.inbound(net, new Spi(OUR_CPI))
                        .protocol(SaProtocol.IPCOMP)
                        .reqid(Ends.REQID)
                        .add(),
                TestSa.outbound(net, PEERS_CPI)
                        .protocol(SaProtocol.IPCOMP)
                        .reqid(Ends.REQID)
                        .add(),
                out.put(),
                in.incoming(Direction.IN).put()));
        peersSas(around, GCM.peers(), "");
        for (boolean towardsUs : new boolean[] {true, false}) {
            int cpi = towardsUs ? OUR_CPI : PEERS_CPI;
            peer.ip("xfrm state add " + compressed.stateWords(SaProtocol.IPCOMP, towardsUs, cpi, "", "comp deflate"));
            peer.ip("xfrm policy add " + compressed.selectorWords(towardsUs) + " dir " + (towardsUs ? "out" : "in")
                    + compressed.templateWords(SaProtocol.IPCOMP, towardsUs) + (towardsUs ? "" : " level use")
                    + around.templateWords(SaProtocol.ESP, towardsUs));
        }

        pings(compressed, 1000);
        assertThat(sas())
                .filteredOn(sa -> sa.key().protocol() == SaProtocol.IPCOMP
                        && sa.key().spi().value() != 0)
                .hasSize(2)
                .allMatch(sa -> sa.usage().packets() >= KernelPeer.REQUESTS);
        pings(compressed, 8);
    }

    /** So that the pings above mean something. */
    @Test
    void whatThePeerEncryptsWithAnotherKeyDoesNotComeIn() throws Exception {
        Ends ends = new Ends(TestNet.IPV4, TestNet.IPV4, SaMode.TUNNEL);
        kernel.apply(
                KernelUpdate.of(inbound(ends, GCM).add(), outbound(ends, GCM).add()));
        policies(ends, SaProtocol.ESP);
        peersSas(ends, GCM.peers().replace("0x05", "0x06"), "");

        assertThat(peer.answersTo(ends.source(), ends.destination(), OCTETS)).isZero();
        assertThat(command("cat /proc/net/xfrm_stat")).contains("XfrmInStateProtoError");
    }

    private void pingsThrough(Ends ends, KernelSuite suite) throws Exception {
        kernel.apply(KernelUpdate.of(
                inbound(ends, suite).add(), outbound(ends, suite).add()));
        policies(ends, suite.protocol());
        peersSas(ends, suite.peers(), "", suite.protocol());

        pings(ends, OCTETS);
    }

    private void pings(Ends ends, int octets) throws Exception {
        assertThat(peer.answersTo(ends.source(), ends.destination(), octets))
                .as(this::account)
                .isEqualTo(KernelPeer.REQUESTS);
        assertThat(sas())
                .as("all pings went through both SAs")
                .filteredOn(sa ->
                        sa.key().spi().value() == OUR_SPI || sa.key().spi().value() == PEERS_SPI)
                .hasSize(2)
                .allMatch(sa -> sa.usage().packets() >= KernelPeer.REQUESTS);
    }

    private List<InstalledSa> sas() throws KernelException {
        return kernel.snapshot().sas();
    }

    private String account() {
        try {
            return command("ip -s xfrm state")
                    + command("ip xfrm policy")
                    + peer.ip("-s xfrm state")
                    + peer.ip("xfrm policy")
                    + command("cat /proc/net/xfrm_stat");
        } catch (java.io.IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private static TestSa inbound(Ends ends, KernelSuite suite) {
        return with(TestSa.inbound(ends.outer(), new Spi(OUR_SPI)), ends, suite, true);
    }

    private static TestSa outbound(Ends ends, KernelSuite suite) {
        return with(TestSa.outbound(ends.outer(), PEERS_SPI), ends, suite, false);
    }

    private static TestSa with(TestSa sa, Ends ends, KernelSuite suite, boolean inbound) {
        sa.protocol(suite.protocol()).mode(ends.mode()).reqid(Ends.REQID).algorithms(suite.ours());
        return ends.mode() == SaMode.BEET
                ? sa.selector(inbound ? ends.selector().reversed() : ends.selector())
                : sa;
    }

    private static TestPolicy policy(Ends ends, PolicyTemplate... templates) {
        return TestPolicy.pass(ends.inner())
                .between(ends.selector().source(), ends.selector().destination())
                .templates(templates);
    }

    /** Those of both ends. */
    private void policies(Ends ends, SaProtocol protocol) throws Exception {
        PolicyTemplate template = ends.template(protocol, false);
        kernel.apply(KernelUpdate.of(
                policy(ends, template).put(),
                policy(ends, template).incoming(Direction.IN).put()));
        for (boolean towardsUs : new boolean[] {true, false}) {
            peer.ip("xfrm policy add " + ends.selectorWords(towardsUs) + " dir " + (towardsUs ? "out" : "in")
                    + ends.templateWords(protocol, towardsUs));
        }
    }

    private void peersSas(Ends ends, String algorithms, String flags) throws Exception {
        peersSas(ends, algorithms, flags, SaProtocol.ESP);
    }

    private void peersSas(Ends ends, String algorithms, String flags, SaProtocol protocol) throws Exception {
        peer.ip("xfrm state add " + ends.stateWords(protocol, true, OUR_SPI, flags, algorithms));
        peer.ip("xfrm state add " + ends.stateWords(protocol, false, PEERS_SPI, flags, algorithms));
    }
}
