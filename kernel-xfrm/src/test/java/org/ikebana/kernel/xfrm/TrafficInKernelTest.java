package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.kernel.linux.NetworkNamespace.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelSnapshot.InstalledSa;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.ikebana.kernel.netlink.Attribute;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.Netlink;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.netlink.NetlinkOutcome;
import org.ikebana.kernel.xfrm.message.XfrmDecoder;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.XfrmMessage.FlushPolicy;
import org.ikebana.kernel.xfrm.message.XfrmMessage.FlushSa;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewSa;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmAlgo;
import org.ikebana.kernel.xfrm.struct.XfrmUsersaFlush;
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

    @SuppressWarnings("NullAway.Init")
    private NetlinkClient<XfrmMessage> messages;

    static Stream<KernelSuite> esp() {
        return KernelSuite.esp();
    }

    static Stream<KernelSuite> ah() {
        return KernelSuite.ah();
    }

    @BeforeAll
    void connect() throws Exception {
        peer = KernelPeer.connect();
        messages = NetlinkClient.open(Netlink.NETLINK_XFRM, XfrmDecoder::decode);
        kernel = XfrmBackend.open();
        if (!kernel.capabilities().esp()) {
            NetworkNamespace.skip(
                    kernel.capabilities().espReason() + "; run it by integration-tests/rig/in-real-kernel");
        }
    }

    @AfterAll
    void disconnect() {
        kernel.close();
        messages.close();
        peer.close();
    }

    /** The peer forgets when it is told something else. */
    @AfterEach
    void forget() throws Exception {
        done(new FlushSa(new XfrmUsersaFlush(0), Attributes.NONE));
        done(new FlushPolicy(Attributes.NONE));
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
        for (TestSa sa : List.of(inbound(ends, placeholder), outbound(ends, placeholder))) {
            add(sa.build(), algorithms);
        }
        policies(ends, protocol);
        tellPeer(ends, words, "", protocol);

        pings(ends, OCTETS);
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
        tellPeer(ends, GCM.peers() + " replay-window " + window, extended ? "esn" : "", SaProtocol.ESP);

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
        List<String> commands = peersSas(around, GCM.peers(), "", SaProtocol.ESP);
        for (boolean towardsUs : new boolean[] {true, false}) {
            int cpi = towardsUs ? OUR_CPI : PEERS_CPI;
            commands.add(
                    "xfrm state add " + compressed.stateWords(SaProtocol.IPCOMP, towardsUs, cpi, "", "comp deflate"));
            commands.add("xfrm policy add " + compressed.selectorWords(towardsUs) + " dir " + (towardsUs ? "out" : "in")
                    + compressed.templateWords(SaProtocol.IPCOMP, towardsUs) + (towardsUs ? "" : " level use")
                    + around.templateWords(SaProtocol.ESP, towardsUs));
        }
        peer.ip(commands);

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
        tellPeer(ends, GCM.peers().replace("0x05", "0x06"), "", SaProtocol.ESP);

        assertThat(peer.answersTo(ends.source(), ends.destination(), OCTETS)).isZero();
        assertThat(command("cat /proc/net/xfrm_stat")).contains("XfrmInStateProtoError");
    }

    private void pingsThrough(Ends ends, KernelSuite suite) throws Exception {
        kernel.apply(KernelUpdate.of(
                inbound(ends, suite).add(), outbound(ends, suite).add()));
        policies(ends, suite.protocol());
        tellPeer(ends, suite.peers(), "", suite.protocol());

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
        } catch (IOException e) {
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

    private void policies(Ends ends, SaProtocol protocol) throws KernelException {
        PolicyTemplate template = ends.template(protocol, false);
        kernel.apply(KernelUpdate.of(
                policy(ends, template).put(),
                policy(ends, template).incoming(Direction.IN).put()));
    }

    private void tellPeer(Ends ends, String algorithms, String flags, SaProtocol protocol) throws Exception {
        List<String> commands = peersSas(ends, algorithms, flags, protocol);
        for (boolean towardsUs : new boolean[] {true, false}) {
            commands.add("xfrm policy add " + ends.selectorWords(towardsUs) + " dir " + (towardsUs ? "out" : "in")
                    + ends.templateWords(protocol, towardsUs));
        }
        peer.ip(commands);
    }

    /** In place of those that it had. */
    private static List<String> peersSas(Ends ends, String algorithms, String flags, SaProtocol protocol) {
        return new ArrayList<>(List.of(
                "xfrm state flush",
                "xfrm policy flush",
                "xfrm state add " + ends.stateWords(protocol, true, OUR_SPI, flags, algorithms),
                "xfrm state add " + ends.stateWords(protocol, false, PEERS_SPI, flags, algorithms)));
    }

    /** With other algorithms than its own. Skips the test, loudly, where the kernel lacks them. */
    private void add(SecurityAssociation sa, Attributes algorithms) throws Exception {
        NewSa message = new SaMessages(kernel.capabilities().saDirection()).add(sa);
        Attributes attributes = message.attributes()
                .without(Xfrma.ALG_AEAD)
                .without(Xfrma.ALG_CRYPT)
                .without(Xfrma.ALG_AUTH_TRUNC);
        for (Attribute<?> algorithm : algorithms.list()) {
            attributes = attributes.with(algorithm);
        }
        NewSa other = new NewSa(message.body(), attributes);
        NetlinkOutcome<XfrmMessage> outcome = messages.exchange(other.request());
        if (outcome.failedWith(Errno.ENOSYS)) {
            NetworkNamespace.skip(Refusals.reason(other, outcome));
        }
        assertThat(outcome.errno()).as("%s", outcome).isZero();
    }

    private void done(XfrmMessage message) throws IOException {
        assertThat(messages.exchange(message.request()).isDone()).isTrue();
    }
}
