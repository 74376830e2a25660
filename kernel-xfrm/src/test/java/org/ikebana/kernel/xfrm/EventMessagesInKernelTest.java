package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.kernel.linux.NetworkNamespace.command;

import java.net.InetAddress;
import java.util.List;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPacket;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.NetlinkOutcome;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.XfrmMessage.Expire;
import org.ikebana.kernel.xfrm.message.XfrmMessage.GetAe;
import org.ikebana.kernel.xfrm.message.XfrmMessage.Migrate;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewAe;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewSa;
import org.ikebana.kernel.xfrm.message.XfrmMessage.PolicyExpire;
import org.ikebana.kernel.xfrm.message.XfrmMessage.UpdatePolicy;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmAddress;
import org.ikebana.kernel.xfrm.struct.XfrmAeventId;
import org.ikebana.kernel.xfrm.struct.XfrmEncapTmpl;
import org.ikebana.kernel.xfrm.struct.XfrmLifetimeCfg;
import org.ikebana.kernel.xfrm.struct.XfrmLifetimeCur;
import org.ikebana.kernel.xfrm.struct.XfrmReplayState;
import org.ikebana.kernel.xfrm.struct.XfrmUserExpire;
import org.ikebana.kernel.xfrm.struct.XfrmUserMigrate;
import org.ikebana.kernel.xfrm.struct.XfrmUserPolexpire;
import org.ikebana.kernel.xfrm.struct.XfrmUserpolicyId;
import org.ikebana.kernel.xfrm.struct.XfrmUserpolicyInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What the kernel tells everybody of SAs and policies that change by themselves or by messages: read whole, judged by {@code ip}. */
@Tag("realkernel")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class EventMessagesInKernelTest {
    private static final TestNet NET = TestNet.IPV4;
    private static final int REQID = 7;
    private static final int SPI = 0x1001;
    private static final int OUT = 1;
    private static final int TUNNEL = 1;
    private static final int UDP_ENCAP_ESPINUDP = 2;
    /** {@code enum xfrm_ae_ftype_t}: both thresholds are asked for. */
    private static final int XFRM_AE_RTHR = 1;

    private static final int XFRM_AE_ETHR = 8;
    /** And why an event is told: so many packets, so much time, somebody's message. */
    private static final int XFRM_AE_CR = 16;

    private static final int XFRM_AE_CE = 32;
    private static final int XFRM_AE_CU = 64;
    /** Ticks of the kernel's clock: an hour at 250 a second. */
    private static final int LATER = 900_000;

    @SuppressWarnings("NullAway.Init") // made before the first test
    private MessageBench kernel;

    @BeforeAll
    void open() throws Exception {
        kernel = MessageBench.open();
    }

    @AfterAll
    void close() {
        if (kernel != null) {
            kernel.close();
        }
    }

    @AfterEach
    void clear() throws Exception {
        kernel.clear();
    }

    @Test
    void countersAndSequenceNumbersAreSetAndTold() throws Exception {
        SecurityAssociation sa = sa(Lifetimes.NONE);
        kernel.done(kernel.sas().add(sa));
        XfrmReplayState sequence = new XfrmReplayState(77, 0, 0);
        Attributes state = Attributes.NONE
                .with(Xfrma.REPLAY_VAL, sequence)
                .with(Xfrma.LTIME_VAL, new XfrmLifetimeCur(1000, 10, 0, 0))
                .with(Xfrma.REPLAY_THRESH, 5)
                .with(Xfrma.ETIMER_THRESH, 600);

        kernel.done(new NewAe(aevent(sa, 0), state));

        kernel.told(NewAe.class, ae -> (ae.body().flags() & XFRM_AE_CU) != 0);
        assertThat(words(command("ip -s xfrm state")))
                .contains("seq 0x0, oseq 0x4d")
                .contains("1000(bytes), 10(packets)");
        NewAe answer = kernel.answer(new GetAe(aevent(sa, XFRM_AE_RTHR | XFRM_AE_ETHR), Attributes.NONE), NewAe.class);
        assertThat(answer.body().reqid()).isEqualTo(REQID);
        assertThat(answer.body().saId()).isEqualTo(Selectors.said(sa.key()));
        assertThat(answer.attributes().get(Xfrma.REPLAY_VAL)).contains(sequence);
        assertThat(answer.attributes().get(Xfrma.LTIME_VAL).map(XfrmLifetimeCur::packets))
                .contains(10L);
        assertThat(answer.attributes().get(Xfrma.REPLAY_THRESH)).contains(5);
        assertThat(answer.attributes().get(Xfrma.ETIMER_THRESH))
                .hasValueSatisfying(tenths -> assertThat(tenths).isPositive());
    }

    @Test
    void theSequenceNumberIsToldAfterSoManyPackets() throws Exception {
        addWithThresholds(3, LATER);

        leave(3);

        NewAe third = kernel.told(NewAe.class, ae -> (ae.body().flags() & XFRM_AE_CR) != 0);
        assertThat(third.attributes().get(Xfrma.REPLAY_VAL).map(XfrmReplayState::oseq))
                .contains(3);
    }

    @Test
    void theSequenceNumberIsToldAfterSoMuchTime() throws Exception {
        addWithThresholds(1000, 3);

        leave(1);

        NewAe first = kernel.told(NewAe.class, ae -> (ae.body().flags() & XFRM_AE_CE) != 0);
        assertThat(first.attributes().get(Xfrma.REPLAY_VAL).map(XfrmReplayState::oseq))
                .contains(1);
    }

    @Test
    void limitsOfTimeAreKept() throws Exception {
        kernel.done(kernel.sas().add(sa(new Lifetimes(3000, 3600, 0, 0, 0, 0))));
        kernel.done(limited(TestPolicy.tunnel(NET, REQID).build(), 3000, 3600, 1800));

        assertThat(words(command("ip -s xfrm state"))).contains("expire add: soft 3000(sec), hard 3600(sec)");
        assertThat(words(command("ip -s xfrm policy")))
                .contains("expire add: soft 3000(sec), hard 3600(sec) expire use: soft 0(sec), hard 1800(sec)");
    }

    /** Soft limits and hard ones have objects of their own: a kernel whose timer is late by a second tells the hard one alone. */
    @Test
    void timeIsToldOfSasAndPolicies() throws Exception {
        kernel.done(kernel.sas().add(sa(new Lifetimes(1, 0, 0, 0, 0, 0))));
        kernel.done(limited(TestPolicy.tunnel(NET, REQID).build(), 1, 0, 0));

        Expire soft = kernel.told(Expire.class, expire -> expire.body().hard() == 0);
        assertThat(soft.body().state().id().spi()).isEqualTo(SPI);
        kernel.told(PolicyExpire.class, expire -> isOf(expire, 1000, 0));
        assertThat(command("ip xfrm state")).contains("spi 0x00001001");
        assertThat(command("ip xfrm policy")).contains("dst 10.2.0.0/16");
    }

    @Test
    void timeEndsSasAndPolicies() throws Exception {
        Policy used =
                TestPolicy.pass(NET).udpTo(PortMatch.exactly(5000)).priority(1).build();
        kernel.done(limited(used, 0, 0, 1));
        leave(1);
        kernel.done(kernel.sas().add(sa(new Lifetimes(0, 1, 0, 0, 0, 0))));
        kernel.done(limited(TestPolicy.tunnel(NET, REQID).build(), 0, 1, 0));

        Expire end = kernel.told(Expire.class, expire -> expire.body().hard() == 1);
        assertThat(end.body().state().id().spi()).isEqualTo(SPI);
        kernel.told(PolicyExpire.class, expire -> isOf(expire, 1000, 1));
        kernel.told(PolicyExpire.class, expire -> isOf(expire, 1, 1));
        assertThat(command("ip xfrm state") + command("ip xfrm policy")).isBlank();
    }

    /** As a program does that counts for the kernel, with hardware that the kernel cannot ask. */
    @Test
    void whoeverSaysSoEndsThem() throws Exception {
        NewSa sa = kernel.sas().add(sa(Lifetimes.NONE));
        UpdatePolicy policy = PolicyMessages.put(TestPolicy.tunnel(NET, REQID).build());
        kernel.done(sa);
        kernel.done(policy);

        kernel.done(new Expire(new XfrmUserExpire(sa.body(), 0), Attributes.NONE));
        kernel.done(new PolicyExpire(new XfrmUserPolexpire(policy.body(), 0), Attributes.NONE));

        kernel.told(Expire.class, expire -> expire.body().hard() == 0);
        kernel.told(PolicyExpire.class, expire -> isOf(expire, 1000, 0));
        assertThat(command("ip xfrm state")).contains("spi 0x00001001");
        assertThat(command("ip xfrm policy")).contains("dst 10.2.0.0/16");

        kernel.done(new Expire(new XfrmUserExpire(sa.body(), 1), Attributes.NONE));
        kernel.done(new PolicyExpire(new XfrmUserPolexpire(policy.body(), 1), Attributes.NONE));

        kernel.told(Expire.class, expire -> expire.body().hard() == 1);
        kernel.told(PolicyExpire.class, expire -> isOf(expire, 1000, 1));
        assertThat(command("ip xfrm state") + command("ip xfrm policy")).isBlank();
    }

    @Test
    void aPolicyAndItsSaMigrateIntoUdp() throws Exception {
        UpdatePolicy policy = PolicyMessages.put(TestPolicy.tunnel(NET, REQID).build());
        kernel.done(kernel.sas().add(sa(new Lifetimes(0, 3600, 0, 0, 0, 0))));
        kernel.done(policy);
        leave(2);
        InetAddress elsewhere = InetAddress.ofLiteral("198.51.100.7");
        XfrmUserMigrate ends = new XfrmUserMigrate(
                XfrmAddress.of(NET.peer()),
                XfrmAddress.of(NET.local()),
                XfrmAddress.of(elsewhere),
                XfrmAddress.of(NET.local()),
                sa(Lifetimes.NONE).key().protocol().number(),
                TUNNEL,
                REQID,
                IpFamily.IPV4.number(),
                IpFamily.IPV4.number());
        XfrmEncapTmpl ports = new XfrmEncapTmpl(UDP_ENCAP_ESPINUDP, 4500, 4501, XfrmAddress.ANY);

        NetlinkOutcome<XfrmMessage> outcome = kernel.send(new Migrate(
                new XfrmUserpolicyId(policy.body().sel(), 0, OUT),
                Attributes.NONE.with(Xfrma.MIGRATE, List.of(ends)).with(Xfrma.ENCAP, ports)));
        if (outcome.failedWith(Errno.ENOPROTOOPT)) {
            NetworkNamespace.skip("this kernel has no CONFIG_XFRM_MIGRATE");
        }
        assertThat(outcome.errno()).as("%s", outcome).isZero();

        Migrate heard = kernel.told(Migrate.class, migration -> true);
        assertThat(heard.attributes().get(Xfrma.MIGRATE)).contains(List.of(ends));
        assertThat(heard.attributes().get(Xfrma.ENCAP)).contains(ports);
        assertThat(words(command("ip -s xfrm state")))
                .startsWith("src 192.0.2.1 dst 198.51.100.7 proto esp spi 0x00001001")
                .doesNotContain("dst 192.0.2.2")
                .contains("encap type espinudp sport 4500 dport 4501")
                .contains("aead rfc4106(gcm(aes)) 0x" + "01".repeat(36))
                .contains("oseq 0x2")
                .contains("hard 3600(sec)");
        assertThat(words(command("ip xfrm policy"))).contains("tmpl src 192.0.2.1 dst 198.51.100.7 proto esp reqid 7");
    }

    /** @param ticks of the kernel's clock */
    private void addWithThresholds(int packets, int ticks) throws Exception {
        NewSa addition = kernel.sas().add(sa(Lifetimes.NONE));
        Attributes attributes =
                addition.attributes().with(Xfrma.REPLAY_THRESH, packets).with(Xfrma.ETIMER_THRESH, ticks);
        kernel.done(new NewSa(addition.body(), attributes));
        kernel.done(PolicyMessages.put(TestPolicy.tunnel(NET, REQID).build()));
    }

    private void leave(int packets) throws Exception {
        for (int i = 0; i < packets; i++) {
            kernel.leave(TestPacket.udp(NET, 5000));
        }
    }

    private static SecurityAssociation sa(Lifetimes lifetimes) {
        return TestSa.outbound(NET, SPI).reqid(REQID).lifetimes(lifetimes).build();
    }

    private static XfrmAeventId aevent(SecurityAssociation sa, int flags) {
        return new XfrmAeventId(Selectors.said(sa.key()), XfrmAddress.of(sa.source()), flags, sa.reqid());
    }

    private static boolean isOf(PolicyExpire expire, int priority, int hard) {
        return expire.body().pol().priority() == priority && expire.body().hard() == hard;
    }

    /** @param hardUse seconds after the first packet; where none comes, after the policy was put */
    private static UpdatePolicy limited(Policy policy, int soft, int hard, int hardUse) {
        UpdatePolicy put = PolicyMessages.put(policy);
        XfrmUserpolicyInfo body = put.body();
        XfrmLifetimeCfg limits = new XfrmLifetimeCfg(
                XfrmLifetimeCfg.INFINITE,
                XfrmLifetimeCfg.INFINITE,
                XfrmLifetimeCfg.INFINITE,
                XfrmLifetimeCfg.INFINITE,
                soft,
                hard,
                0,
                hardUse);
        return new UpdatePolicy(
                new XfrmUserpolicyInfo(
                        body.sel(),
                        limits,
                        body.curlft(),
                        body.priority(),
                        body.index(),
                        body.dir(),
                        body.action(),
                        body.flags(),
                        body.share()),
                put.attributes());
    }

    private static String words(String output) {
        return output.replaceAll("\\s+", " ").strip();
    }
}
