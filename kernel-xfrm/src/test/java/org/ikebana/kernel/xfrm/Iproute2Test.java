package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.kernel.linux.NetworkNamespace.command;

import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.ike.kernel.KernelBench;
import org.ikebana.ike.kernel.KernelContract;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The command {@code ip xfrm} as the judge: it prints what we install as it was asked for, and we read what it installs. */
@Timeout(60)
class Iproute2Test implements KernelContract {
    private static final TestNet NET = TestNet.IPV4;

    @RegisterExtension
    private final OwnKernel kernel = new OwnKernel();

    @Override
    public KernelBench bench() {
        return kernel.bench();
    }

    @Test
    void printsATunnelPolicyAsItWasPut() throws Exception {
        apply(TestPolicy.tunnel(NET, 7).priority(375423).put());

        assertThat(words(command("ip -s xfrm policy")))
                .startsWith("src 10.1.0.0/16 dst 10.2.0.0/16 uid 0 dir out action allow index")
                .contains("priority 375423 share any flag (0x00000000)")
                .contains("limit: soft (INF)(bytes), hard (INF)(bytes) limit: soft (INF)(packets), hard (INF)(packets)")
                .contains("expire add: soft 0(sec), hard 0(sec) expire use: soft 0(sec), hard 0(sec)")
                .contains(
                        "tmpl src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x00000000(0) reqid 7(0x00000007) mode tunnel")
                .contains("level required share any")
                .contains("enc-mask ffffffff auth-mask ffffffff comp-mask ffffffff");
    }

    @Test
    void printsWhatElseAPolicyMayHave() throws Exception {
        TestNet six = TestNet.IPV6;
        apply(
                TestPolicy.block(six)
                        .protocol(17, PortMatch.ANY, PortMatch.exactly(53))
                        .mark(0x2a, 0xff)
                        .put(),
                TestPolicy.transport(NET, 9).ifId(100).incoming(Direction.IN).put(),
                TestPolicy.pass(NET)
                        .protocol(1, PortMatch.exactly(8), PortMatch.exactly(0))
                        .priority(5)
                        .put(),
                TestPolicy.tunnel(NET, 3).incoming(Direction.FORWARD).put());

        assertThat(words(command("ip xfrm policy")))
                .contains(
                        "src fd00:1::/32 dst fd00:2::/32 proto udp dport 53 dir out action block priority 1000 mark 0x2a/0xff")
                .contains("src 10.2.0.0/16 dst 10.1.0.0/16 dir in priority 1000 tmpl src 0.0.0.0 dst 0.0.0.0"
                        + " proto esp reqid 9 mode transport if_id 0x64")
                .contains("src 10.1.0.0/16 dst 10.2.0.0/16 proto icmp type 8 code 0 dir out priority 5")
                .contains("src 10.2.0.0/16 dst 10.1.0.0/16 dir fwd priority 1000 tmpl src 192.0.2.2 dst 192.0.2.1"
                        + " proto esp reqid 3 mode tunnel");
    }

    @Test
    void readsWhatIpInstalls() throws Exception {
        command("ip xfrm policy add src 10.1.0.0/16 dst 10.2.0.0/16 dir out priority 1000"
                + " tmpl src 192.0.2.1 dst 192.0.2.2 proto esp reqid 7 mode tunnel");
        command("ip xfrm policy add src fd00:1::/32 dst fd00:2::/32 proto tcp sport 80 dir out action block"
                + " priority 3 mark 5 mask 0xf");
        command("ip xfrm policy add src 10.2.0.0/16 dst 10.1.0.0/16 dir in priority 1000"
                + " tmpl proto esp reqid 2 mode transport if_id 9");
        command("ip xfrm state allocspi src 192.0.2.2 dst 192.0.2.1 proto esp reqid 8 mode tunnel"
                + " min 0x1000 max 0x1000 mark 3 mask 0xff");

        assertThat(policies())
                .containsExactlyInAnyOrder(
                        TestPolicy.tunnel(NET, 7).build(),
                        TestPolicy.block(TestNet.IPV6)
                                .protocol(6, PortMatch.exactly(80), PortMatch.ANY)
                                .priority(3)
                                .mark(5, 0xf)
                                .build(),
                        TestPolicy.transport(NET, 2)
                                .incoming(Direction.IN)
                                .ifId(9)
                                .build());
        assertThat(sas()).singleElement().satisfies(sa -> {
            assertThat(sa.key()).isEqualTo(new SaKey(NET.local(), new Spi(0x1000), SaProtocol.ESP, new Mark(3, 0xff)));
            assertThat(sa.reqid()).isEqualTo(8);
            assertThat(sa.larval()).isTrue();
        });
    }

    @Test
    void whatOthersInstalledStays() throws Exception {
        command("ip xfrm policy add src 10.1.0.0/16 dst 10.2.0.0/16 dir out priority 5 index 81 flag icmp"
                + " limit byte-soft 1000 tmpl src 192.0.2.1 dst 192.0.2.9 proto esp spi 0x77 reqid 99 mode tunnel");
        String before = withoutTimes(command("ip -s xfrm policy"));

        TestPolicy sameKey = TestPolicy.tunnel(NET, 1);
        refused(
                EINVAL,
                sameKey.tooManyTemplates().build().key().toString(),
                TestPolicy.tunnel(NET, 1).put(),
                sameKey.put());

        assertThat(withoutTimes(command("ip -s xfrm policy")))
                .as("an update that failed leaves a foreign policy as it was, with all that we know nothing of")
                .isEqualTo(before);
    }

    @Test
    @Tag("realkernel")
    void printsATunnelSaAsItWasAdded() throws Exception {
        needsEsp("ip xfrm state as the judge of a tunnel");
        apply(TestSa.outbound(NET, 0xc0ffee01)
                .reqid(7)
                .mark(new Mark(5, 0xff))
                .ifId(3)
                .encapsulation(4500, 40001)
                .lifetimes(new Lifetimes(1000, 2000, 3000, 4000, 0, 60))
                .add());

        assertThat(words(command("ip -s xfrm state")))
                .startsWith("src 192.0.2.1 dst 192.0.2.2 proto esp spi 0xc0ffee01(3237998081) reqid 7(0x00000007)"
                        + " mode tunnel replay-window 0 seq 0x00000000 flag af-unspec")
                .contains("mark 0x5/0xff")
                .contains("aead rfc4106(gcm(aes)) 0x" + "01".repeat(36) + " (288 bits) 128")
                .contains("encap type espinudp sport 4500 dport 40001 addr 0.0.0.0")
                .contains("limit: soft 3000(bytes), hard 4000(bytes) limit: soft (INF)(packets), hard 60(packets)")
                .contains("expire add: soft 1000(sec), hard 2000(sec) expire use: soft 0(sec), hard 0(sec)")
                .contains("if_id 0x3");
    }

    @Test
    @Tag("realkernel")
    void printsATransportSaOfIpv6WithExtendedSequenceNumbers() throws Exception {
        needsEsp("ip xfrm state as the judge of extended sequence numbers");
        apply(TestSa.inbound(TestNet.IPV6, new Spi(0x1001))
                .mode(SaMode.TRANSPORT)
                .aesCbcWithSha256()
                .extendedSequenceNumbers()
                .replayWindow(128)
                .add());

        assertThat(words(command("ip -s xfrm state")))
                .contains("src 2001:db8::2 dst 2001:db8::1 proto esp spi 0x00001001")
                .contains("mode transport replay-window 0 seq 0x00000000 flag esn")
                .contains("auth-trunc hmac(sha256) 0x" + "01".repeat(32) + " (256 bits) 128")
                .contains("enc cbc(aes) 0x" + "01".repeat(16) + " (128 bits)")
                .contains("replay_window 128, bitmap-length 4");
    }

    @Test
    @Tag("realkernel")
    void readsTheSasThatIpInstalls() throws Exception {
        needsEsp("reading SAs of ip xfrm state");
        command("ip xfrm state add src 192.0.2.2 dst 192.0.2.1 proto esp spi 0x1001 reqid 5 mode beet"
                + " replay-window 64 encap espinudp 4500 4501 0.0.0.0 sel src 10.1.0.0/16 dst 10.2.0.0/16"
                + " aead rfc4106(gcm(aes)) 0x" + "02".repeat(20) + " 128 mark 7 mask 7");
        command("ip xfrm state add src fd00:1::1 dst fd00:2::1 proto ah spi 0x1002 mode transport"
                + " auth hmac(sha1) 0x" + "03".repeat(20));

        assertThat(completeSas()).hasSize(2).anySatisfy(sa -> {
            assertThat(sa.key()).isEqualTo(new SaKey(NET.local(), new Spi(0x1001), SaProtocol.ESP, new Mark(7, 7)));
            assertThat(sa.source()).isEqualTo(NET.peer());
            assertThat(sa.mode()).isEqualTo(SaMode.BEET);
            assertThat(sa.reqid()).isEqualTo(5);
            assertThat(sa.encapsulation()).contains(new Encapsulation(4500, 4501));
        });
        assertThat(completeSas())
                .anySatisfy(sa -> assertThat(sa.key().protocol()).isEqualTo(SaProtocol.AH));
    }

    @Test
    void readsBackAPolicyOfEveryKindThatItPrints() throws Exception {
        Policy policy = TestPolicy.tunnel(NET, -1).priority(-1).ifId(-1).build();
        apply(TestPolicy.tunnel(NET, -1).priority(-1).ifId(-1).put());

        assertThat(words(command("ip xfrm policy")))
                .contains("priority 4294967295")
                .contains("reqid 4294967295")
                .contains("if_id 0xffffffff");
        assertThat(policies()).containsExactly(policy);
    }

    /** On one line; kernels with sub-policies print a type, which is always the same here. */
    private static String words(String output) {
        return output.replaceAll("\\s+", " ").replace("ptype main ", "").strip();
    }

    /** When a policy was added and used is not put back. */
    private static String withoutTimes(String output) {
        return words(output).replaceAll("add \\d\\S+ \\S+ use \\S+( \\d\\S+)?", "");
    }
}
