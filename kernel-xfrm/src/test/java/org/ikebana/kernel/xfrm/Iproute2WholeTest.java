package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.kernel.linux.NetworkNamespace.command;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ikebana.ike.kernel.KernelBench;
import org.ikebana.ike.kernel.KernelContract;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.SaFlags;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaOptions;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.Netlink;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.netlink.NetlinkRequest;
import org.ikebana.kernel.xfrm.message.FlagsWord;
import org.ikebana.kernel.xfrm.message.XfrmDecoder;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.XfrmMessage.DumpPolicy;
import org.ikebana.kernel.xfrm.message.XfrmMessage.DumpSa;
import org.ikebana.kernel.xfrm.message.XfrmMessage.GetDefault;
import org.ikebana.kernel.xfrm.message.XfrmMessage.GetSpdInfo;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewSpdInfo;
import org.ikebana.kernel.xfrm.message.XfrmMessage.SetDefault;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.message.XfrmaSpd;
import org.ikebana.kernel.xfrm.struct.XfrmMark;
import org.ikebana.kernel.xfrm.struct.XfrmReplayStateEsn;
import org.ikebana.kernel.xfrm.struct.XfrmUserTmpl;
import org.ikebana.kernel.xfrm.struct.XfrmUserpolicyDefault;
import org.ikebana.kernel.xfrm.struct.XfrmuSpdhthresh;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What SAs and policies may have besides the usual, and the settings of the databases, with {@code ip xfrm} as the judge. */
@Tag("realkernel")
@Timeout(60)
class Iproute2WholeTest implements KernelContract {
    private static final TestNet NET = TestNet.IPV4;
    private static final String KEY = "0x" + "02".repeat(20);

    @RegisterExtension
    private final OwnKernel kernel = new OwnKernel();

    @Override
    public KernelBench bench() {
        return kernel.bench();
    }

    @Test
    void printsWhatElseAnSaMayHave() throws Exception {
        needsEsp("options of SAs");
        SaOptions options = new SaOptions(
                new Mark(0x2a, 0xff), Optional.empty(), Optional.empty(), 0, OptionalInt.empty(), true, true);
        apply(
                TestSa.outbound(NET, 0x1001)
                        .options(options)
                        .flags(new SaFlags(false, false, false, false))
                        .tfcPadding(1200)
                        .add(),
                TestSa.inbound(NET, new Spi(0x1002))
                        .options(options)
                        .flags(new SaFlags(true, true, true, true))
                        .add());

        String printed = words(command("ip -s -d xfrm state"));
        assertThat(printed)
                .contains("spi 0x00001001")
                .contains("flag noecn nopmtudisc af-unspec")
                .contains("extra_flag dont-encap-dscp oseq-may-wrap")
                .contains("output-mark 0x2a/0xff")
                .contains("tfcpad")
                .contains("spi 0x00001002")
                .contains("flag decap-dscp icmp af-unspec");
    }

    /** No card of the test's machine encrypts; whoever insists on one is told so. */
    @Test
    void withoutANetworkCardTheKernelDoesTheWork() throws Exception {
        needsEsp("offload");
        SaOptions.Offload mayFail = new SaOptions.Offload("d0", SaOptions.Offload.Kind.PACKET, false);
        apply(TestSa.outbound(NET, 0x1001).options(offload(mayFail)).add());

        assertThat(words(command("ip -d xfrm state")))
                .contains("spi 0x00001001")
                .doesNotContain("offload");
        assertThat(completeSas()).hasSize(1);
        refused(
                EINVAL,
                "ESP SA 00001002 to 192.0.2.2",
                TestSa.outbound(NET, 0x1002)
                        .options(offload(new SaOptions.Offload("d0", SaOptions.Offload.Kind.PACKET, true)))
                        .add());
    }

    @Test
    void printsOptionalTemplates() throws Exception {
        PolicyTemplate compression =
                new PolicyTemplate(NET.local(), NET.peer(), SaProtocol.IPCOMP, SaMode.TRANSPORT, 7, true);
        PolicyTemplate encryption = new PolicyTemplate(NET.local(), NET.peer(), SaProtocol.ESP, SaMode.TUNNEL, 7);
        TestPolicy policy = TestPolicy.tunnel(NET, 7).templates(compression, encryption);
        apply(policy.put());

        assertThat(words(command("ip xfrm policy")))
                .contains("tmpl src 192.0.2.1 dst 192.0.2.2 proto comp reqid 7 mode transport level use"
                        + " tmpl src 192.0.2.1 dst 192.0.2.2 proto esp reqid 7 mode tunnel");
        assertThat(policies()).containsExactly(policy.build());
    }

    @Test
    void readsSasWhole() throws Exception {
        needsEsp("reading SAs of ip xfrm state");
        command("ip xfrm state add src 192.0.2.2 dst 192.0.2.1 proto esp spi 0x1001 reqid 5 mode tunnel"
                + " replay-window 4096 replay-seq-hi 2 replay-seq 9 flag esn noecn af-unspec extra-flag oseq-may-wrap"
                + " limit byte-soft 1000 limit packet-hard 99 limit time-hard 77"
                + " output-mark 5 mask 15 if_id 6 mark 7 mask 7 tfcpad 100"
                + " aead rfc4106(gcm(aes)) " + KEY + " 96");
        command("ip xfrm state add src 192.0.2.2 dst 192.0.2.1 proto comp spi 0x1002 mode transport comp deflate");

        List<XfrmMessage> sas = dump(new DumpSa(Attributes.NONE).request());
        XfrmMessage.NewSa whole = sa(sas, 0x1001);
        Attributes attributes = whole.attributes();
        assertThat(whole.body().lft().softByteLimit()).isEqualTo(1000);
        assertThat(whole.body().lft().hardPacketLimit()).isEqualTo(99);
        assertThat(whole.body().lft().hardAddExpiresSeconds()).isEqualTo(77);
        assertThat(attributes.get(Xfrma.ALG_AEAD))
                .hasValueSatisfying(aead -> assertThat(aead.icvBits()).isEqualTo(96));
        assertThat(attributes.get(Xfrma.SET_MARK)).contains(5);
        assertThat(attributes.get(Xfrma.SET_MARK_MASK)).contains(15);
        assertThat(attributes.get(Xfrma.IF_ID)).contains(6);
        assertThat(attributes.get(Xfrma.MARK)).contains(new XfrmMark(7, 7));
        assertThat(attributes.get(Xfrma.TFCPAD)).contains(100);
        assertThat(attributes.get(Xfrma.SA_EXTRA_FLAGS)).contains(2);
        assertThat(attributes.get(Xfrma.REPLAY_ESN_VAL).map(XfrmReplayStateEsn::replayWindow))
                .contains(4096);
        assertThat(attributes.get(Xfrma.REPLAY_ESN_VAL).map(XfrmReplayStateEsn::seqHi))
                .contains(2);
        assertThat(sa(sas, 0x1002).attributes().get(Xfrma.ALG_COMP)).isPresent();
        assertThat(sas).allSatisfy(sa -> nothingIsUnknown(sa));
    }

    @Test
    void readsPoliciesWhole() throws Exception {
        command("ip xfrm policy add src 10.2.0.0/16 dst 10.1.0.0/16 dir in priority 5 index 80 flag localok icmp"
                + " limit byte-soft 1000 mark 3 mask 255 if_id 4 tmpl src 192.0.2.9 dst 192.0.2.1 proto esp spi 0x77"
                + " reqid 99 mode tunnel level use");

        List<XfrmMessage> policies = dump(new DumpPolicy(Attributes.NONE).request());
        assertThat(policies).singleElement().isInstanceOfSatisfying(XfrmMessage.NewPolicy.class, policy -> {
            assertThat(policy.body().index()).isEqualTo(80);
            assertThat(policy.body().flags()).isEqualTo(3);
            assertThat(policy.body().lft().softByteLimit()).isEqualTo(1000);
            List<XfrmUserTmpl> templates = policy.attributes().get(Xfrma.TMPL).orElseThrow();
            assertThat(templates).singleElement().satisfies(template -> {
                assertThat(template.id().spi()).isEqualTo(0x77);
                assertThat(template.optional()).isEqualTo(1);
            });
            nothingIsUnknown(policy);
        });
    }

    @Test
    void setsAndReadsWhatBecomesOfTheRestAndHowPoliciesAreHashed() throws Exception {
        try (NetlinkClient<XfrmMessage> client = NetlinkClient.open(Netlink.NETLINK_XFRM, XfrmDecoder::decode)) {
            Attributes thresholds = Attributes.NONE
                    .with(XfrmaSpd.IPV4_HTHRESH, new XfrmuSpdhthresh(24, 16))
                    .with(XfrmaSpd.IPV6_HTHRESH, new XfrmuSpdhthresh(64, 48));
            assertThat(client.exchange(new NewSpdInfo(FlagsWord.ALL, thresholds).request())
                            .isDone())
                    .isTrue();
            assertThat(words(command("ip -s -s xfrm policy count")))
                    .contains("local 24 remote 16")
                    .contains("local 64 remote 48");
            XfrmMessage info = client.exchange(new GetSpdInfo(FlagsWord.ALL, Attributes.NONE).request())
                    .answer()
                    .orElseThrow();
            assertThat(info.attributes().get(XfrmaSpd.IPV4_HTHRESH)).contains(new XfrmuSpdhthresh(24, 16));

            XfrmUserpolicyDefault blocked = new XfrmUserpolicyDefault(1, 2, 1);
            assertThat(client.exchange(new SetDefault(blocked, Attributes.NONE).request())
                            .isDone())
                    .isTrue();
            assertThat(words(command("ip xfrm policy getdefault")))
                    .contains("in: block")
                    .contains("fwd: accept")
                    .contains("out: block");
            assertThat(client.exchange(new GetDefault(new XfrmUserpolicyDefault(0, 0, 0), Attributes.NONE).request())
                            .answer())
                    .hasValueSatisfying(answer -> assertThat(answer.body()).isEqualTo(blocked));
        }
    }

    private static List<XfrmMessage> dump(NetlinkRequest request) throws Exception {
        try (NetlinkClient<XfrmMessage> client = NetlinkClient.open(Netlink.NETLINK_XFRM, XfrmDecoder::decode)) {
            return client.dump(request);
        }
    }

    private static XfrmMessage.NewSa sa(List<XfrmMessage> dump, int spi) {
        return dump.stream()
                .filter(XfrmMessage.NewSa.class::isInstance)
                .map(XfrmMessage.NewSa.class::cast)
                .filter(sa -> sa.body().id().spi() == spi)
                .findFirst()
                .orElseThrow();
    }

    private static void nothingIsUnknown(XfrmMessage message) {
        assertThat(message.attributes().list())
                .as("what iproute2 knows, we know")
                .allMatch(attribute -> attribute.type().name().startsWith("XFRMA_"));
    }

    private static SaOptions offload(SaOptions.Offload offload) {
        return new SaOptions(Mark.NONE, Optional.of(offload), Optional.empty(), 0, OptionalInt.empty(), false, false);
    }

    private static String words(String output) {
        return output.replaceAll("\\s+", " ").replace("ptype main ", "").strip();
    }
}
