package org.ikebana.ike.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import org.ikebana.ike.kernel.KernelEvent.Acquire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Policies: identity, round trip, and which packets one is for, seen by whose Acquire they raise. */
public interface PolicyContract extends KernelContract {
    @ParameterizedTest
    @EnumSource
    default void policiesComeBackAsTheyWerePut(TestNet net) throws Exception {
        List<Policy> put = List.of(
                TestPolicy.tunnel(net, 1).build(),
                TestPolicy.tunnel(net, 1).incoming(Direction.IN).build(),
                TestPolicy.tunnel(net, 1).incoming(Direction.FORWARD).build(),
                TestPolicy.transport(net, 2).udpTo(PortMatch.exactly(1701)).build(),
                TestPolicy.tunnel(net, 3)
                        .protocol(6, PortMatch.exactly(80), PortMatch.ANY)
                        .build(),
                TestPolicy.tunnel(net, 3).udpTo(new PortMatch(0x1000, 0xfff0)).build(),
                TestPolicy.pass(net)
                        .protocol(58, PortMatch.exactly(135), PortMatch.ANY)
                        .priority(1)
                        .build(),
                TestPolicy.block(net)
                        .mark(0x10, 0xff)
                        .priority(Integer.MAX_VALUE)
                        .build(),
                TestPolicy.tunnel(net, 4).ifId(7).build());

        for (Policy policy : put) {
            apply(new KernelChange.PutPolicy(policy));
        }

        assertThat(policies()).containsExactlyInAnyOrderElementsOf(put);
    }

    @Test
    default void puttingReplaces() throws Exception {
        TestPolicy policy = TestPolicy.tunnel(TestNet.IPV4, 1);
        apply(policy.put());
        Policy replacing = TestPolicy.tunnel(TestNet.IPV4, 2).priority(500).build();
        assertThat(replacing.key()).isEqualTo(policy.build().key());

        apply(new KernelChange.PutPolicy(replacing));

        assertThat(policies()).containsExactly(replacing);
    }

    @Test
    default void markAndIfIdBelongToThePolicysIdentity() throws Exception {
        TestNet net = TestNet.IPV4;
        Policy plain = TestPolicy.tunnel(net, 1).build();
        TestPolicy marked = TestPolicy.tunnel(net, 2).mark(0x10, 0xff);
        Policy ofInterface = TestPolicy.tunnel(net, 3).ifId(7).build();
        apply(new KernelChange.PutPolicy(plain), marked.put(), new KernelChange.PutPolicy(ofInterface));
        assertThat(policies()).hasSize(3);

        apply(marked.delete());

        assertThat(policies()).containsExactlyInAnyOrder(plain, ofInterface);
    }

    @Test
    default void deletingAMissingPolicyIsNoError() throws Exception {
        TestPolicy policy = TestPolicy.tunnel(TestNet.IPV4, 1);
        apply(policy.delete());
        apply(policy.put());

        apply(policy.delete(), policy.delete());

        assertThat(policies()).isEmpty();
    }

    @Test
    default void aPolicyOfSevenTemplatesIsRefused() throws Exception {
        TestPolicy policy = TestPolicy.tunnel(TestNet.IPV4, 1).tooManyTemplates();

        KernelException refusal = refused(EINVAL, "out policy 10.1.0.0/16 to 10.2.0.0/16", policy.put());

        assertThat(refusal).hasMessageStartingWith("out policy 10.1.0.0/16 to 10.2.0.0/16: ");
        assertThat(policies()).isEmpty();
    }

    @Test
    default void anOptionalTunnelIsRefusedOutwardsAndTakenInwards() throws Exception {
        TestNet net = TestNet.IPV4;
        PolicyTemplate optional =
                new PolicyTemplate(net.local(), net.peer(), SaProtocol.IPCOMP, SaMode.TUNNEL, 7, true);
        TestPolicy inwards = TestPolicy.tunnel(net, 7).templates(optional).incoming(Direction.IN);

        refused(
                EINVAL,
                "out policy 10.1.0.0/16 to 10.2.0.0/16",
                TestPolicy.tunnel(net, 7).templates(optional).put());
        apply(inwards.put());

        assertThat(policies()).containsExactly(inwards.build());
    }

    @Test
    default void whatPassesOrIsBlockedRaisesNoAcquire() throws Exception {
        TestNet net = TestNet.IPV4;
        EventLog events = EventLog.of(bench());
        apply(
                TestPolicy.tunnel(net, 1).priority(300).put(),
                TestPolicy.pass(net).udpTo(PortMatch.exactly(53)).priority(200).put(),
                TestPolicy.block(net).udpTo(PortMatch.exactly(54)).priority(200).put());

        bench().leave(TestPacket.udp(net, 53));
        bench().leave(TestPacket.udp(net, 54));
        bench().leave(TestPacket.udp(net, 55));

        events.first(Acquire.class);
        events.fence();
        assertThat(events.all(Acquire.class))
                .extracting(a -> a.packet().destinationPort().port())
                .containsExactly(55);
    }

    @ParameterizedTest
    @EnumSource
    default void portsSelect(TestNet net) throws Exception {
        EventLog events = EventLog.of(bench());
        apply(
                TestPolicy.tunnel(net, 1).udpTo(PortMatch.exactly(5000)).put(),
                TestPolicy.tunnel(net, 2).udpTo(new PortMatch(0x1400, 0xfff0)).put(),
                TestPolicy.tunnel(net, 3)
                        .protocol(17, PortMatch.exactly(4000), PortMatch.exactly(6000))
                        .put(),
                TestPolicy.tunnel(net, 4)
                        .protocol(6, PortMatch.ANY, PortMatch.ANY)
                        .put());

        bench().leave(TestPacket.udp(net, 5001));
        bench().leave(TestPacket.udp(net, 5000));
        bench().leave(TestPacket.udp(net, 0x1410));
        bench().leave(TestPacket.udp(net, 0x140f));
        bench().leave(TestPacket.udp(net, 6000));

        events.nth(Acquire.class, 3);
        events.fence();
        assertThat(events.all(Acquire.class)).extracting(Acquire::reqid).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @EnumSource
    default void icmpTypeAndCodeSelect(TestNet net) throws Exception {
        EventLog events = EventLog.of(bench());
        TestPacket echo = TestPacket.echoRequest(net);
        PortMatch type = PortMatch.exactly(echo.sourcePort());
        PortMatch otherType = PortMatch.exactly(13);
        apply(
                TestPolicy.tunnel(net, 1)
                        .protocol(echo.protocol(), otherType, PortMatch.ANY)
                        .put(),
                TestPolicy.tunnel(net, 2)
                        .protocol(echo.protocol(), type, PortMatch.exactly(0))
                        .put());

        bench().leave(echo);

        Acquire acquire = events.first(Acquire.class);
        assertThat(acquire.reqid()).isEqualTo(2);
        assertThat(acquire.packet()).isEqualTo(echo.asSelector());
    }

    @Test
    default void marksSelect() throws Exception {
        assumeThat(bench().seesMarks())
                .as("SKIPPED: this kernel sees no marks of packets")
                .isTrue();
        TestNet net = TestNet.IPV4;
        EventLog events = EventLog.of(bench());
        apply(TestPolicy.tunnel(net, 1).mark(0x10, 0xf0).put());

        bench().leave(TestPacket.udp(net, 5001));
        bench().leave(TestPacket.udp(net, 5002).marked(0x20));
        bench().leave(TestPacket.udp(net, 5003).marked(0x1f));

        assertThat(events.first(Acquire.class).packet().destinationPort()).isEqualTo(PortMatch.exactly(5003));
    }

    @Test
    default void policiesOfAnInterfaceLeaveOthersAlone() throws Exception {
        TestNet net = TestNet.IPV4;
        EventLog events = EventLog.of(bench());
        apply(
                TestPolicy.tunnel(net, 1).ifId(7).priority(1).put(),
                TestPolicy.tunnel(net, 2).priority(2).put());

        bench().leave(TestPacket.udp(net, 5000));

        assertThat(events.first(Acquire.class).reqid()).isEqualTo(2);
    }
}
