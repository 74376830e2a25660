package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.kernel.linux.NetworkNamespace.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelSnapshot.InstalledSa;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.Spi;
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
import org.ikebana.kernel.xfrm.message.XfrmMessage.GetAe;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewAe;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewSa;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmAddress;
import org.ikebana.kernel.xfrm.struct.XfrmAeventId;
import org.ikebana.kernel.xfrm.struct.XfrmReplayStateEsn;
import org.ikebana.kernel.xfrm.struct.XfrmUsersaFlush;

/** Ours at one end, {@code ip xfrm}'s at the other, and pings between them: in a kernel with ESP. */
final class TrafficBench implements AutoCloseable {
    static final int OUR_SPI = 0xc0000001;
    static final int PEERS_SPI = 0xc1000002;

    private final KernelPeer peer;
    private final XfrmBackend kernel;
    private final NetlinkClient<XfrmMessage> messages;

    private TrafficBench(KernelPeer peer, XfrmBackend kernel, NetlinkClient<XfrmMessage> messages) {
        this.peer = peer;
        this.kernel = kernel;
        this.messages = messages;
    }

    /** To be closed by the same thread. Skips the calling test, loudly, where the kernel has no ESP. */
    static TrafficBench open() throws Exception {
        TrafficBench bench = new TrafficBench(
                KernelPeer.connect(),
                XfrmBackend.open(),
                NetlinkClient.open(Netlink.NETLINK_XFRM, XfrmDecoder::decode));
        if (!bench.kernel.capabilities().esp()) {
            bench.close();
            NetworkNamespace.skip(
                    bench.kernel.capabilities().espReason() + "; run it by integration-tests/rig/in-real-kernel");
        }
        return bench;
    }

    KernelPeer peer() {
        return peer;
    }

    void apply(KernelChange... changes) throws KernelException {
        kernel.apply(KernelUpdate.of(changes));
    }

    /** Ours, that is: the peer forgets when it is told something else. */
    void forget() throws IOException {
        done(new FlushSa(new XfrmUsersaFlush(0), Attributes.NONE));
        done(new FlushPolicy(Attributes.NONE));
    }

    @Override
    public void close() {
        kernel.close();
        messages.close();
        peer.close();
    }

    /** Are all answered, and counted by both SAs. */
    void pings(Ends ends, int octets) throws Exception {
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

    List<InstalledSa> sas() throws KernelException {
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

    static TestSa inbound(Ends ends, KernelSuite suite) {
        return with(TestSa.inbound(ends.outer(), new Spi(OUR_SPI)), ends, suite, true);
    }

    static TestSa outbound(Ends ends, KernelSuite suite) {
        return with(TestSa.outbound(ends.outer(), PEERS_SPI), ends, suite, false);
    }

    private static TestSa with(TestSa sa, Ends ends, KernelSuite suite, boolean inbound) {
        sa.protocol(suite.protocol()).mode(ends.mode()).reqid(Ends.REQID).algorithms(suite.ours());
        return ends.mode() == SaMode.BEET
                ? sa.selector(inbound ? ends.selector().reversed() : ends.selector())
                : sa;
    }

    static TestPolicy policy(Ends ends, PolicyTemplate... templates) {
        return TestPolicy.pass(ends.inner())
                .between(ends.selector().source(), ends.selector().destination())
                .templates(templates);
    }

    /** Ours. */
    void policies(Ends ends, SaProtocol protocol) throws KernelException {
        PolicyTemplate template = ends.template(protocol, false);
        kernel.apply(KernelUpdate.of(
                policy(ends, template).put(),
                policy(ends, template).incoming(Direction.IN).put()));
    }

    /** SAs and policies of the peer, in place of those that it had. */
    void tellPeer(Ends ends, String algorithms, String flags, SaProtocol protocol) throws Exception {
        List<String> commands = peersSas(ends, algorithms, flags, protocol);
        for (boolean towardsUs : new boolean[] {true, false}) {
            commands.add("xfrm policy add " + ends.selectorWords(towardsUs) + " dir " + (towardsUs ? "out" : "in")
                    + ends.templateWords(protocol, towardsUs));
        }
        peer.ip(commands);
    }

    /** Commands that make the peer forget what it had, and give it these SAs. */
    static List<String> peersSas(Ends ends, String algorithms, String flags, SaProtocol protocol) {
        return new ArrayList<>(List.of(
                "xfrm state flush",
                "xfrm policy flush",
                "xfrm state add " + ends.stateWords(protocol, true, OUR_SPI, flags, algorithms),
                "xfrm state add " + ends.stateWords(protocol, false, PEERS_SPI, flags, algorithms)));
    }

    /** With other algorithms than its own. Skips the test, loudly, where the kernel lacks them. */
    void add(SecurityAssociation sa, Attributes algorithms) throws Exception {
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

    void done(XfrmMessage message) throws IOException {
        assertThat(messages.exchange(message.request()).isDone()).isTrue();
    }

    /** Of an SA with extended sequence numbers. */
    void setNumbers(SecurityAssociation sa, long sent, long received) throws IOException {
        XfrmAeventId id = new XfrmAeventId(Selectors.said(sa.key()), XfrmAddress.of(sa.source()), 0, sa.reqid());
        XfrmReplayStateEsn now = messages.exchange(new GetAe(id, Attributes.NONE).request())
                .answer()
                .flatMap(answer -> answer.attributes().get(Xfrma.REPLAY_ESN_VAL))
                .orElseThrow();
        XfrmReplayStateEsn changed =
                new XfrmReplayStateEsn(now.bmpLen(), (int) sent, (int) received, 0, 0, now.replayWindow(), now.bmp());
        done(new NewAe(id, Attributes.NONE.with(Xfrma.REPLAY_ESN_VAL, changed)));
    }
}
