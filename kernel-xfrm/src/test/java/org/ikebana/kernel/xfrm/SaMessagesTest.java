package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.kernel.SaFlags;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaOptions;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.SecurityLabel;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.SpiRequest;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.ike.wire.TransformType;
import org.ikebana.kernel.xfrm.message.XfrmMessage.AllocSpi;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewSa;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmAddress;
import org.ikebana.kernel.xfrm.struct.XfrmAlgoAead;
import org.ikebana.kernel.xfrm.struct.XfrmEncapTmpl;
import org.ikebana.kernel.xfrm.struct.XfrmLifetimeCfg;
import org.ikebana.kernel.xfrm.struct.XfrmMark;
import org.ikebana.kernel.xfrm.struct.XfrmReplayStateEsn;
import org.ikebana.kernel.xfrm.struct.XfrmUserOffload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that the kernel has for SAs, old kernels and new ones. */
class SaMessagesTest {
    private static final SaMessages OLD = new SaMessages(false);
    private static final SaMessages NEW = new SaMessages(true);
    private static final TestNet NET = TestNet.IPV4;
    private static final Spi SPI = new Spi(0xc0ffee01);
    private static final SaFlags ALL_OTHERWISE = new SaFlags(false, false, false, true);
    private static final int NOECN = 1;
    private static final int DECAP_DSCP = 2;
    private static final int NOPMTUDISC = 4;
    private static final int ICMP = 16;
    private static final int AF_UNSPEC = 32;
    private static final int ALIGN4 = 64;
    private static final int ESN = 128;

    /** The kernel refuses the attribute on inbound SAs once they have a direction. */
    @Test
    void padsWhatGoesOut() throws Exception {
        assertThat(NEW.add(TestSa.outbound(NET, SPI.value()).tfcPadding(1200).build())
                        .attributes()
                        .get(Xfrma.TFCPAD))
                .contains(1200);
        assertThat(NEW.add(TestSa.inbound(NET, SPI).tfcPadding(1200).build())
                        .attributes()
                        .has(Xfrma.TFCPAD))
                .isFalse();
        assertThat(NEW.add(TestSa.outbound(NET, SPI.value()).build())
                        .attributes()
                        .has(Xfrma.TFCPAD))
                .isFalse();
    }

    @Test
    void tellsAllOfATunnel() throws Exception {
        NewSa message = OLD.add(TestSa.outbound(NET, SPI.value())
                .reqid(7)
                .acquireSeq(99)
                .mark(new Mark(5, 0xff))
                .ifId(3)
                .encapsulation(4500, 40001)
                .lifetimes(new Lifetimes(10, 20, 30, 0, 0, 60))
                .build());

        assertThat(message.body().id().daddr()).isEqualTo(XfrmAddress.of(NET.peer()));
        assertThat(message.body().id().spi()).isEqualTo(SPI.value());
        assertThat(message.body().id().proto()).isEqualTo(50);
        assertThat(message.body().saddr()).isEqualTo(XfrmAddress.of(NET.local()));
        assertThat(message.body().family()).isEqualTo(2);
        assertThat(message.body().mode()).isEqualTo(1);
        assertThat(message.body().reqid()).isEqualTo(7);
        assertThat(message.body().seq()).as("ends the acquire's larval SA").isEqualTo(99);
        assertThat(message.body().flags()).isEqualTo(AF_UNSPEC);
        assertThat(message.body().sel())
                .as("traffic selectors are the policies' matter")
                .isEqualTo(Selectors.ANY);
        assertThat(message.body().lft())
                .as("no limit is all ones for counters, zero for times")
                .isEqualTo(new XfrmLifetimeCfg(30, -1, -1, 60, 10, 20, 0, 0));
        assertThat(message.attributes().get(Xfrma.MARK)).contains(new XfrmMark(5, 0xff));
        assertThat(message.attributes().get(Xfrma.IF_ID)).contains(3);
        assertThat(message.attributes().get(Xfrma.ENCAP)).contains(new XfrmEncapTmpl(2, 4500, 40001, XfrmAddress.ANY));
        assertThat(message.attributes().get(Xfrma.ALG_AEAD))
                .contains(new XfrmAlgoAead("rfc4106(gcm(aes))", 288, 128, keyOf(36)));
        assertThat(message.attributes().has(Xfrma.SA_DIR)).isFalse();
    }

    @Test
    void leavesOutWhatIsNotAskedFor() throws Exception {
        assertThat(OLD.add(TestSa.outbound(NET, 1).build()).attributes().list())
                .singleElement()
                .matches(attribute -> attribute.type().equals(Xfrma.ALG_AEAD));
    }

    @Test
    void aTransportSaHasItsSelectorAndNoOpenFamily() throws Exception {
        SecurityAssociation sa = TestSa.inbound(NET, SPI).mode(SaMode.TRANSPORT).build();
        NewSa plain = OLD.add(sa);
        NewSa selecting = OLD.add(withSelector(sa));

        assertThat(plain.body().flags()).isZero();
        assertThat(plain.body().mode()).isZero();
        assertThat(selecting.body().sel().family()).isEqualTo(2);
        assertThat(selecting.body().sel().prefixlenS()).isEqualTo(16);
    }

    @Test
    void flagsBelongToADirection() throws Exception {
        NewSa in = NEW.add(withFlags(TestSa.inbound(NET, SPI).build(), ALL_OTHERWISE));
        NewSa out = NEW.add(withFlags(TestSa.outbound(NET, 1).build(), ALL_OTHERWISE));

        assertThat(in.body().flags()).isEqualTo(AF_UNSPEC | NOECN | DECAP_DSCP);
        assertThat(in.attributes().has(Xfrma.SA_EXTRA_FLAGS)).isFalse();
        assertThat(in.attributes().get(Xfrma.SA_DIR)).contains(1);
        assertThat(out.body().flags()).isEqualTo(AF_UNSPEC | NOECN | NOPMTUDISC);
        assertThat(out.attributes().get(Xfrma.SA_EXTRA_FLAGS))
                .as("DONT_ENCAP_DSCP")
                .contains(1);
        assertThat(out.attributes().get(Xfrma.SA_DIR)).contains(2);
    }

    /** None of this machine's has the addresses of these SAs. */
    @Test
    void theNetworkCardOfOurAddressIsLookedFor() throws Exception {
        SaOptions options = SaOptions.of(
                Mark.NONE,
                Optional.of(new SaOptions.Offload(SaOptions.Offload.OF_ADDRESS, SaOptions.Offload.Kind.CRYPTO, true)));
        NewSa elsewhere = NEW.add(TestSa.outbound(NET, 1).options(options).build());
        NewSa here = NEW.add(TestSa.outbound(NET, 1)
                .options(options)
                .build()
                .between(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("127.0.0.2"), Optional.empty()));

        assertThat(here.attributes().get(Xfrma.OFFLOAD_DEV)).contains(new XfrmUserOffload(1, 0));
        assertThat(elsewhere.attributes().get(Xfrma.OFFLOAD_DEV)).contains(new XfrmUserOffload(Integer.MAX_VALUE, 0));
    }

    @Test
    void whatLinuxHasBesidesIsAttributes() throws Exception {
        SaOptions options = new SaOptions(
                new Mark(0x2a, 0xff),
                Optional.of(new SaOptions.Offload("lo", SaOptions.Offload.Kind.PACKET, false)),
                Optional.of(new SecurityLabel(1, "system_u:object_r:ipsec_spd_t:s0")),
                20,
                OptionalInt.of(1),
                true,
                true);
        NewSa out = NEW.add(TestSa.outbound(NET, 1).options(options).build());
        NewSa in = NEW.add(TestSa.inbound(NET, SPI).options(options).build());

        assertThat(out.attributes().get(Xfrma.SET_MARK)).contains(0x2a);
        assertThat(out.attributes().get(Xfrma.SET_MARK_MASK)).contains(0xff);
        assertThat(out.attributes().get(Xfrma.OFFLOAD_DEV)).contains(new XfrmUserOffload(1, 4));
        assertThat(in.attributes().get(Xfrma.OFFLOAD_DEV)).contains(new XfrmUserOffload(1, 6));
        assertThat(out.attributes().get(Xfrma.SEC_CTX)).hasValueSatisfying(label -> {
            assertThat(label.len()).as("header, text and its zero octet").isEqualTo(8 + 33);
            assertThat(label.ctxDoi()).isEqualTo(1);
        });
        assertThat(out.attributes().get(Xfrma.NAT_KEEPALIVE_INTERVAL)).contains(20);
        assertThat(in.attributes().has(Xfrma.NAT_KEEPALIVE_INTERVAL)).isFalse();
        assertThat(out.attributes().get(Xfrma.SA_PCPU)).contains(1);
        assertThat(out.attributes().get(Xfrma.SA_EXTRA_FLAGS))
                .as("OSEQ_MAY_WRAP, of outbound SAs only")
                .contains(2);
        assertThat(in.attributes().has(Xfrma.SA_EXTRA_FLAGS)).isFalse();
        assertThat(in.body().flags() & ICMP).isEqualTo(ICMP);
        assertThat(out.body().flags() & ICMP).isZero();
    }

    @Test
    void aSmallWindowIsAMemberOfTheStruct() throws Exception {
        NewSa in = NEW.add(TestSa.inbound(NET, SPI).replayWindow(32).build());
        NewSa out = NEW.add(TestSa.outbound(NET, 1).replayWindow(32).build());

        assertThat(in.body().replayWindow()).isEqualTo(32);
        assertThat(in.attributes().has(Xfrma.REPLAY_ESN_VAL)).isFalse();
        assertThat(out.body().replayWindow())
                .as("nothing is replayed to a sender")
                .isZero();
        assertThat(out.attributes().has(Xfrma.REPLAY_ESN_VAL)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 64, 4096})
    void aLargeWindowIsAnAttribute(int window) throws Exception {
        NewSa in = OLD.add(TestSa.inbound(NET, SPI).replayWindow(window).build());

        assertThat(in.body().replayWindow()).as("must be 0 then").isZero();
        assertThat(in.body().flags() & ESN).isZero();
        assertThat(in.attributes().get(Xfrma.REPLAY_ESN_VAL))
                .contains(new XfrmReplayStateEsn((window + 31) / 32, 0, 0, 0, 0, window, List.of()));
    }

    /** Its packets have no numbers, and the kernel would drop every one of them for that. */
    @Test
    void ipcompHasNoWindow() throws Exception {
        NewSa in = OLD.add(TestSa.inbound(NET, new Spi(0x1001))
                .protocol(SaProtocol.IPCOMP)
                .extendedSequenceNumbers()
                .replayWindow(64)
                .build());

        assertThat(in.body().replayWindow()).isZero();
        assertThat(in.body().flags() & ESN).isZero();
        assertThat(in.attributes().list())
                .singleElement()
                .matches(attribute -> attribute.type().equals(Xfrma.ALG_COMP));
    }

    @Test
    void extendedSequenceNumbersNeedTheAttribute() throws Exception {
        NewSa in = OLD.add(TestSa.inbound(NET, SPI)
                .extendedSequenceNumbers()
                .replayWindow(32)
                .build());
        NewSa oldOut = OLD.add(TestSa.outbound(NET, 1).extendedSequenceNumbers().build());
        NewSa newOut = NEW.add(TestSa.outbound(NET, 1).extendedSequenceNumbers().build());

        assertThat(in.body().flags() & ESN).isEqualTo(ESN);
        assertThat(in.body().replayWindow()).isZero();
        assertThat(window(in)).contains(32);
        assertThat(window(oldOut))
                .as("a kernel without directions takes no window of 0")
                .contains(1);
        assertThat(window(newOut)).as("one with directions takes no other").contains(0);
    }

    @Test
    void ahOfIpv4IsAlignedToFourOctets() throws Exception {
        assertThat(OLD.add(ah(TestNet.IPV4)).body().flags()).isEqualTo(ALIGN4);
        assertThat(OLD.add(ah(TestNet.IPV6)).body().flags()).isZero();
        assertThat(OLD.add(ah(TestNet.IPV6)).attributes().list())
                .singleElement()
                .matches(attribute -> attribute.type().equals(Xfrma.ALG_AUTH_TRUNC));
    }

    @Test
    void saysWhichTransformXfrmLacks() {
        Transform idea = new Transform(TransformType.ENCR, 5, 0);
        SecurityAssociation sa = TestSa.outbound(NET, 1)
                .algorithms(new SaAlgorithms(idea, keyOf(16), Optional.empty()))
                .build();

        assertThatThrownBy(() -> OLD.add(sa))
                .isInstanceOf(NoSuchAlgorithmException.class)
                .hasMessage("XFRM has no algorithm for ENCR transform 5");
    }

    @Test
    void reservesInTheRangeOfItsProtocol() {
        AllocSpi esp = NEW.reserve(NET.spiRequest(7));
        AllocSpi ipcomp = OLD.reserve(
                new SpiRequest(NET.peer(), NET.local(), SaProtocol.IPCOMP, SaMode.TUNNEL, 7, new Mark(1, 1), 9));

        assertThat(esp.body().min()).isEqualTo(0xc0000000);
        assertThat(esp.body().max()).isEqualTo(0xcfffffff);
        assertThat(esp.attributes().get(Xfrma.SA_DIR)).contains(1);
        assertThat(esp.body().info().id().daddr()).isEqualTo(XfrmAddress.of(NET.local()));
        assertThat(ipcomp.body().min()).isEqualTo(0x100);
        assertThat(ipcomp.body().max()).isEqualTo(0xefff);
        assertThat(ipcomp.attributes().get(Xfrma.MARK)).contains(new XfrmMark(1, 1));
        assertThat(ipcomp.attributes().get(Xfrma.IF_ID)).contains(9);
        assertThat(ipcomp.attributes().has(Xfrma.SA_DIR)).isFalse();
    }

    private static Optional<Integer> window(NewSa message) {
        return message.attributes().get(Xfrma.REPLAY_ESN_VAL).map(XfrmReplayStateEsn::replayWindow);
    }

    private static SecurityAssociation withSelector(SecurityAssociation sa) {
        return copy(
                sa,
                sa.key(),
                sa.algorithms(),
                Optional.of(TestPolicy.tunnel(NET, 1).build().key().selector()),
                sa.flags());
    }

    private static SecurityAssociation withFlags(SecurityAssociation sa, SaFlags flags) {
        return copy(sa, sa.key(), sa.algorithms(), sa.selector(), flags);
    }

    private static SecurityAssociation ah(TestNet net) {
        SecurityAssociation esp =
                TestSa.inbound(net, SPI).mode(SaMode.TRANSPORT).build();
        SaKey key = new SaKey(esp.key().destination(), SPI, SaProtocol.AH, Mark.NONE);
        Transform sha256 = Transform.of(TransformType.INTEG, IntegId.HMAC_SHA2_256_128);
        SaAlgorithms algorithms = new SaAlgorithms(
                Transform.of(TransformType.ENCR, EncrId.NULL),
                keyOf(0),
                Optional.of(new SaAlgorithms.Keyed(sha256, keyOf(32))));
        return copy(esp, key, algorithms, esp.selector(), esp.flags());
    }

    private static SecurityAssociation copy(
            SecurityAssociation sa,
            SaKey key,
            SaAlgorithms algorithms,
            Optional<PolicySelector> selector,
            SaFlags flags) {
        return new SecurityAssociation(
                key,
                sa.source(),
                sa.direction(),
                sa.mode(),
                sa.reqid(),
                sa.acquireSeq(),
                algorithms,
                sa.encapsulation(),
                sa.replayWindow(),
                sa.extendedSequenceNumbers(),
                sa.lifetimes(),
                selector,
                sa.ifId(),
                sa.tfcPadding(),
                flags);
    }

    private static Secret keyOf(int octets) {
        byte[] key = new byte[octets];
        Arrays.fill(key, (byte) SPI.value());
        return Secret.wrap(key);
    }
}
