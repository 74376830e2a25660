package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.kernel.linux.NetworkNamespace.command;

import java.util.List;
import java.util.stream.Stream;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmAlgo;
import org.ikebana.kernel.xfrm.table.XfrmTables;
import org.jspecify.annotations.Nullable;
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
    private static final int OUR_CPI = 0x1001;
    private static final int PEERS_CPI = 0x1002;
    private static final int OCTETS = 200;
    /** Of 32 bits. */
    private static final long LAST_BUT_ONE = 0xffff_fffeL;

    private static final KernelSuite GCM = KernelSuite.esp()
            .filter(suite -> suite.words().contains("gcm(aes)) ENC 128"))
            .findFirst()
            .orElseThrow();

    @SuppressWarnings("NullAway.Init") // made before the first test
    private TrafficBench traffic;

    static Stream<KernelSuite> esp() {
        return KernelSuite.esp();
    }

    static Stream<KernelSuite> ah() {
        return KernelSuite.ah();
    }

    @BeforeAll
    void connect() throws Exception {
        traffic = TrafficBench.open();
    }

    @AfterAll
    void disconnect() {
        if (traffic != null) {
            traffic.close();
        }
    }

    @AfterEach
    void forget() throws Exception {
        traffic.forget();
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

    /** IKE has no number for these, so that they come in as a message. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ESP | cbc(serpent) | 32 | hmac(rmd160) | 20",
                "ESP | cbc(twofish) | 32 | hmac(sha256) | 32",
                "ESP | cbc(aes) | 16 | digest_null | 0",
                "ESP | cbc(sm4) | 16 | hmac(sm3) | 32",
                "ESP | rfc3686(ctr(sm4)) | 20 | hmac(sha256) | 32",
                "AH | | 0 | hmac(rmd160) | 20",
                "AH | | 0 | hmac(sm3) | 32",
                "AH | | 0 | digest_null | 0"
            })
    void everyOtherAlgorithmOfTheKernelCarriesATunnel(
            SaProtocol protocol, @Nullable String cipher, int cipherKey, String mac, int macKey) throws Exception {
        Ends ends = new Ends(TestNet.IPV4, TestNet.IPV4, SaMode.TUNNEL);
        Attributes algorithms = Attributes.NONE.with(Xfrma.ALG_AUTH, XfrmAlgo.of(mac, KernelSuite.key(macKey)));
        String words = "auth " + mac + " " + KernelSuite.hex(macKey);
        if (cipher != null) {
            algorithms = algorithms.with(Xfrma.ALG_CRYPT, XfrmAlgo.of(cipher, KernelSuite.key(cipherKey)));
            words = "enc " + cipher + " " + KernelSuite.hex(cipherKey) + " " + words;
        }
        KernelSuite placeholder =
                protocol == SaProtocol.ESP ? GCM : KernelSuite.ah().findFirst().orElseThrow();
        for (TestSa sa : List.of(TrafficBench.inbound(ends, placeholder), TrafficBench.outbound(ends, placeholder))) {
            traffic.add(sa.build(), algorithms);
        }
        traffic.policies(ends, protocol);
        traffic.tellPeer(ends, words, "", protocol);

        traffic.pings(ends, OCTETS);
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
        TestSa in = TrafficBench.inbound(ends, GCM).replayWindow(window);
        TestSa out = TrafficBench.outbound(ends, GCM).replayWindow(window);
        if (extended) {
            traffic.apply(
                    in.extendedSequenceNumbers().add(),
                    out.extendedSequenceNumbers().add());
        } else {
            traffic.apply(in.add(), out.add());
        }
        traffic.policies(ends, SaProtocol.ESP);
        traffic.tellPeer(ends, GCM.peers() + " replay-window " + window, extended ? "esn" : "", SaProtocol.ESP);

        traffic.pings(ends, OCTETS);
    }

    /** The upper half of the number is in no packet, but in every check value (RFC 4303 2.2.1, RFC 4302 2.5.1). */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IPCOMP")
    void extendedSequenceNumbersGoOnBeyond32Bits(SaProtocol protocol) throws Exception {
        Ends ends = new Ends(TestNet.IPV4, TestNet.IPV4, SaMode.TUNNEL);
        KernelSuite suite = protocol == SaProtocol.ESP
                ? GCM
                : KernelSuite.ah().reduce((first, last) -> last).orElseThrow();
        SecurityAssociation in = TrafficBench.inbound(ends, suite)
                .replayWindow(64)
                .extendedSequenceNumbers()
                .build();
        SecurityAssociation out = TrafficBench.outbound(ends, suite)
                .replayWindow(64)
                .extendedSequenceNumbers()
                .build();
        traffic.apply(new KernelChange.AddSa(in), new KernelChange.AddSa(out));
        traffic.policies(ends, protocol);
        traffic.setNumbers(in, 0, LAST_BUT_ONE);
        traffic.setNumbers(out, LAST_BUT_ONE, 0);
        String peers = " replay-window 64 replay-oseq %1$d replay-seq %1$d".formatted(LAST_BUT_ONE);
        traffic.tellPeer(ends, suite.peers() + peers, "esn", protocol);

        traffic.pings(ends, OCTETS);

        assertThat(XfrmTables.read(XfrmTables.Keys.WIPED).sas())
                .extracting(sa -> Math.max(sa.replay().sent(), sa.replay().received()))
                .containsOnly(LAST_BUT_ONE + KernelPeer.REQUESTS);
    }

    /** As IKE negotiates it: IPComp in tunnel mode, ESP in transport mode around it. What gets no shorter goes as it is. */
    @ParameterizedTest
    @EnumSource
    void ipcompInsideEsp(TestNet net) throws Exception {
        Ends compressed = new Ends(net, net, SaMode.TUNNEL);
        Ends around = new Ends(net, net, SaMode.TRANSPORT);
        PolicyTemplate esp = around.template(SaProtocol.ESP, false);
        TestPolicy out = TrafficBench.policy(compressed, compressed.template(SaProtocol.IPCOMP, false), esp);
        TestPolicy in = TrafficBench.policy(compressed, compressed.template(SaProtocol.IPCOMP, true), esp);
        traffic.apply(
                TrafficBench.inbound(around, GCM).add(),
                TrafficBench.outbound(around, GCM).add(),
                TestSa.inbound(net, new Spi(OUR_CPI))
                        .protocol(SaProtocol.IPCOMP)
                        .reqid(Ends.REQID)
                        .add(),
                TestSa.outbound(net, PEERS_CPI)
                        .protocol(SaProtocol.IPCOMP)
                        .reqid(Ends.REQID)
                        .add(),
                out.put(),
                in.incoming(Direction.IN).put());
        List<String> commands = TrafficBench.peersSas(around, GCM.peers(), "", SaProtocol.ESP);
        for (boolean towardsUs : new boolean[] {true, false}) {
            int cpi = towardsUs ? OUR_CPI : PEERS_CPI;
            commands.add(
                    "xfrm state add " + compressed.stateWords(SaProtocol.IPCOMP, towardsUs, cpi, "", "comp deflate"));
            commands.add("xfrm policy add " + compressed.selectorWords(towardsUs) + " dir " + (towardsUs ? "out" : "in")
                    + compressed.templateWords(SaProtocol.IPCOMP, towardsUs) + (towardsUs ? "" : " level use")
                    + around.templateWords(SaProtocol.ESP, towardsUs));
        }
        traffic.peer().ip(commands);

        traffic.pings(compressed, 1000);
        assertThat(traffic.sas())
                .filteredOn(sa -> sa.key().protocol() == SaProtocol.IPCOMP
                        && sa.key().spi().value() != 0)
                .hasSize(2)
                .allMatch(sa -> sa.usage().packets() >= KernelPeer.REQUESTS);
        traffic.pings(compressed, 8);
    }

    /** So that the pings above mean something. */
    @Test
    void whatThePeerEncryptsWithAnotherKeyDoesNotComeIn() throws Exception {
        Ends ends = new Ends(TestNet.IPV4, TestNet.IPV4, SaMode.TUNNEL);
        traffic.apply(
                TrafficBench.inbound(ends, GCM).add(),
                TrafficBench.outbound(ends, GCM).add());
        traffic.policies(ends, SaProtocol.ESP);
        traffic.tellPeer(ends, GCM.peers().replace("0x05", "0x06"), "", SaProtocol.ESP);

        assertThat(traffic.peer().answersTo(ends.source(), ends.destination(), OCTETS))
                .isZero();
        assertThat(command("cat /proc/net/xfrm_stat")).contains("XfrmInStateProtoError");
    }

    private void pingsThrough(Ends ends, KernelSuite suite) throws Exception {
        traffic.apply(
                TrafficBench.inbound(ends, suite).add(),
                TrafficBench.outbound(ends, suite).add());
        traffic.policies(ends, suite.protocol());
        traffic.tellPeer(ends, suite.peers(), "", suite.protocol());

        traffic.pings(ends, OCTETS);
    }
}
