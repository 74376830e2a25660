package org.ikebana.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.kernel.memory.TwoMachines.NET;
import static org.ikebana.kernel.memory.TwoMachines.packet;
import static org.ikebana.kernel.memory.TwoMachines.packetTo;
import static org.ikebana.kernel.memory.TwoMachines.tunnel;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.kernel.memory.OutboundVerdict.Blocked;
import org.ikebana.kernel.memory.OutboundVerdict.Cause;
import org.ikebana.kernel.memory.OutboundVerdict.Dropped;
import org.ikebana.kernel.memory.OutboundVerdict.Held;
import org.ikebana.kernel.memory.OutboundVerdict.Passed;
import org.ikebana.kernel.memory.OutboundVerdict.Protected;
import org.ikebana.kernel.model.KernelOptions;
import org.junit.jupiter.api.Test;

class OutboundPathTest {
    private final TwoMachines machines = new TwoMachines();
    private final MemoryKernel kernel = machines.left;

    @Test
    void whatNoPolicyMatchesPassesInClear() throws Exception {
        machines.left(TestPolicy.tunnel(NET, 1).put());

        assertThat(kernel.packetOut(packetTo("198.51.100.1"))).isEqualTo(new Passed(packetTo("198.51.100.1")));
    }

    @Test
    void passAndBlockPoliciesDecide() throws Exception {
        TestPolicy block = TestPolicy.block(NET).priority(2);
        machines.left(block.put());
        assertThat(kernel.packetOut(packet()))
                .isEqualTo(new Blocked(block.build().key()));

        machines.left(TestPolicy.pass(NET).to(NET.innerPeer()).priority(1).put());
        assertThat(kernel.packetOut(packet())).isEqualTo(new Passed(packet()));
    }

    @Test
    void anSaWrapsAndCounts() throws Exception {
        machines.left(
                tunnel().encapsulation(4500, 4501).add(),
                TestPolicy.tunnel(NET, 1).put());
        machines.clock.advance(Duration.ofSeconds(5));

        IpPacket.Wrapped first = machines.wrapped(packet());
        IpPacket.Wrapped second = machines.wrapped(packet());

        assertThat(first.source()).isEqualTo(NET.local());
        assertThat(first.destination()).isEqualTo(NET.peer());
        assertThat(first.spi()).isEqualTo(TwoMachines.spi());
        assertThat(first.encapsulation()).map(ports -> ports.destinationPort()).contains(4501);
        assertThat(first.inner()).isEqualTo(packet());
        assertThat(List.of(first.sequence(), second.sequence())).containsExactly(1L, 2L);
        assertThat(kernel.usage(TwoMachines.key())).hasValueSatisfying(usage -> {
            assertThat(usage.packets()).isEqualTo(2);
            assertThat(usage.bytes()).isEqualTo(200);
            assertThat(usage.lastUsed()).contains(machines.clock.now());
            assertThat(usage.added()).isEqualTo(machines.clock.now().minusSeconds(5));
        });
    }

    @Test
    void withoutSaThePacketIsHeldAndAskedForOnce() throws Exception {
        TestPolicy policy = TestPolicy.tunnel(NET, 7);
        machines.left(policy.put());

        assertThat(kernel.packetOut(packet())).isEqualTo(new Held(policy.build().key(), 7, 1));
        assertThat(kernel.packetOut(packetTo("10.2.9.9")))
                .isEqualTo(new Held(policy.build().key(), 7, 1));

        machines.settle();
        assertThat(machines.leftEvents).singleElement().isInstanceOf(KernelEvent.Acquire.class);
    }

    @Test
    void nobodyToAskMeansDropped() throws Exception {
        TestPolicy policy = TestPolicy.tunnel(NET, 7);
        machines.left(policy.put());
        kernel.close();

        assertThat(kernel.packetOut(packet()))
                .isEqualTo(new Dropped(policy.build().key(), Cause.NO_KEY_MANAGER));
        assertThat(kernel.reopen().snapshot().sas()).isEmpty();
    }

    @Test
    void theYoungestSaIsTaken() throws Exception {
        machines.left(
                TestSa.outbound(NET, 1001).add(),
                TestSa.outbound(NET, 1002).add(),
                TestSa.outbound(NET, 1003).reqid(2).add(),
                TestPolicy.tunnel(NET, 1).put());

        assertThat(machines.wrapped(packet()).spi()).isEqualTo(new Spi(1002));
    }

    @Test
    void aDyingSaIsTakenOnlyWhereThereIsNoOther() throws Exception {
        machines.left(
                TestSa.outbound(NET, 1001).add(),
                TestSa.outbound(NET, 1002)
                        .lifetimes(new Lifetimes(1, 0, 0, 0, 0, 0))
                        .add(),
                TestPolicy.tunnel(NET, 1).put());
        machines.clock.advance(Duration.ofSeconds(1));
        assertThat(machines.wrapped(packet()).spi()).isEqualTo(new Spi(1001));

        machines.left(TestSa.outbound(NET, 1001).delete());
        assertThat(machines.wrapped(packet()).spi()).isEqualTo(new Spi(1002));
    }

    @Test
    void anSaMustFitTheTemplateInAllThings() throws Exception {
        machines.left(
                TestSa.outbound(NET, 1001).mode(SaMode.TRANSPORT).add(),
                TestSa.outbound(NET, 1002).ifId(9).add(),
                TestSa.outbound(NET, 1003).mark(new Mark(5, 0xff)).add(),
                TestSa.outbound(NET, 1004).reqid(2).add(),
                TestSa.outbound(TestNet.IPV6, 1005).add(),
                TestPolicy.tunnel(NET, 1).put());

        assertThat(kernel.packetOut(packet())).isInstanceOf(Held.class);

        machines.left(TestSa.outbound(NET, 1006).add());
        assertThat(machines.wrapped(packet()).spi()).isEqualTo(new Spi(1006));
    }

    @Test
    void policiesOfAnInterfaceTakeItsSas() throws Exception {
        machines.left(
                TestSa.outbound(NET, 1001).ifId(9).add(),
                TestPolicy.tunnel(NET, 1).ifId(9).put());

        assertThat(kernel.packetOut(packet())).isInstanceOf(Passed.class);
        assertThat(kernel.packetOut(packet().through(9))).isInstanceOf(Protected.class);
    }

    @Test
    void marksOfPolicyAndSaBelongTogether() throws Exception {
        Mark mark = new Mark(0x10, 0xf0);
        machines.left(
                TestSa.outbound(NET, 1001).mark(mark).add(),
                TestPolicy.tunnel(NET, 1).mark(0x10, 0xf0).put());

        assertThat(kernel.packetOut(packet())).isInstanceOf(Passed.class);
        assertThat(kernel.packetOut(packet().marked(0x1f))).isInstanceOf(Protected.class);
    }

    @Test
    void inTransportModeTheSaIsBetweenThePacketsEnds() throws Exception {
        TestSa transport = TestSa.outbound(NET, 1001).mode(SaMode.TRANSPORT);
        IpPacket.Clear packet = IpPacket.Clear.udp(NET.local(), 1, NET.peer(), 2);
        TestPolicy policy = TestPolicy.transport(NET, 1).between(IpPrefix.host(NET.local()), IpPrefix.host(NET.peer()));
        machines.left(transport.add(), policy.put());

        assertThat(machines.wrapped(packet).mode()).isEqualTo(SaMode.TRANSPORT);
    }

    @Test
    void anSaIsNotTakenForWhatItsSelectorKeepsOut() throws Exception {
        IpPacket.Clear packet = IpPacket.Clear.udp(NET.local(), 1, NET.peer(), 2);
        TestPolicy policy = TestPolicy.transport(NET, 1).between(IpPrefix.host(NET.local()), IpPrefix.host(NET.peer()));
        TestSa narrow = TestSa.outbound(NET, 1001)
                .mode(SaMode.TRANSPORT)
                .selector(policy.udpTo(PortMatch.exactly(3)).build().key().selector());
        machines.left(narrow.add(), policy.udpTo(PortMatch.ANY).put());

        assertThat(kernel.packetOut(packet)).isInstanceOf(Held.class);
    }

    @Test
    void amongPoliciesOfOnePriorityTheOldestWins() throws Exception {
        TestPolicy all = TestPolicy.tunnel(NET, 1).priority(5);
        TestPolicy host = TestPolicy.tunnel(NET, 2).priority(5).to(NET.innerPeer());
        machines.left(all.put(), host.put());
        assertThat(reqidAskedFor()).isEqualTo(1);

        machines.left(all.put());
        assertThat(reqidAskedFor()).as("replaced by one of the same priority").isEqualTo(1);

        machines.left(all.priority(6).put());
        machines.left(all.priority(5).put());
        assertThat(reqidAskedFor()).as("it was gone to another priority").isEqualTo(2);
    }

    @Test
    void theFirstTemplateIsTheInnermost() throws Exception {
        PolicyTemplate inner = new PolicyTemplate(NET.local(), NET.peer(), SaProtocol.IPCOMP, SaMode.TUNNEL, 1);
        PolicyTemplate outer = new PolicyTemplate(NET.local(), NET.peer(), SaProtocol.ESP, SaMode.TUNNEL, 1);
        Policy policy = TestPolicy.tunnel(NET, 1).build();
        machines.left(
                new KernelChange.PutPolicy(new Policy(policy.key(), 1, Policy.Action.ALLOW, List.of(inner, outer))),
                TestSa.outbound(NET, 1001).add());
        assertThat(kernel.packetOut(packet())).isInstanceOf(Held.class);
        SecurityAssociation esp = TestSa.outbound(NET, 1001).build();
        machines.left(new KernelChange.AddSa(ipcomp(esp)));

        IpPacket.Wrapped wrapped = machines.wrapped(packet());

        assertThat(wrapped.protocol()).isEqualTo(SaProtocol.ESP);
        assertThat(wrapped.inner()).isInstanceOfSatisfying(IpPacket.Wrapped.class, compressed -> {
            assertThat(compressed.protocol()).isEqualTo(SaProtocol.IPCOMP);
            assertThat(compressed.inner()).isEqualTo(packet());
        });
    }

    @Test
    void theHardLimitDropsThePacketThatMeetsIt() throws Exception {
        TestPolicy policy = TestPolicy.tunnel(NET, 1);
        machines.left(tunnel().lifetimes(new Lifetimes(0, 0, 0, 0, 0, 2)).add(), policy.put());
        machines.wrapped(packet());
        machines.wrapped(packet());

        assertThat(kernel.packetOut(packet()))
                .isEqualTo(new Dropped(policy.build().key(), Cause.SA_EXPIRED));
        assertThat(kernel.packetOut(packet())).isInstanceOf(Held.class);
    }

    @Test
    void sequenceNumbersDoNotStartAgain() {
        MemorySa shortNumbers = new MemorySa(tunnel().build());
        shortNumbers.useSequencesUpTo(0xffff_fffeL);
        assertThat(shortNumbers.nextSequence()).hasValue(0xffff_ffffL);
        assertThat(shortNumbers.nextSequence()).isEmpty();

        MemorySa extended = new MemorySa(tunnel().extendedSequenceNumbers().build());
        extended.useSequencesUpTo(0xffff_ffffL);
        assertThat(extended.nextSequence()).hasValue(0x1_0000_0000L);
    }

    @Test
    void larvalSasAreCountedAgainstTheLimit() throws Exception {
        TwoMachines small = new TwoMachines(KernelOptions.DEFAULT.withMaximum(1, 10));
        TestPolicy policy = TestPolicy.tunnel(NET, 1);
        small.left(policy.put());
        small.left.allocateSpi(NET.spiRequest(1));

        assertThat(small.left.packetOut(packet()))
                .isEqualTo(new Dropped(policy.build().key(), Cause.TOO_MANY_SAS));
    }

    private int reqidAskedFor() {
        return ((Held) kernel.packetOut(packet())).reqid();
    }

    private static SecurityAssociation ipcomp(SecurityAssociation esp) {
        SaKey key = new SaKey(esp.key().destination(), new Spi(0x1234), SaProtocol.IPCOMP, Mark.NONE);
        return new SecurityAssociation(
                key,
                esp.source(),
                esp.direction(),
                esp.mode(),
                esp.reqid(),
                0,
                esp.algorithms(),
                Optional.empty(),
                0,
                false,
                Lifetimes.NONE,
                Optional.empty(),
                0,
                0,
                esp.flags());
    }
}
