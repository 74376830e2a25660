package org.ikebana.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.kernel.memory.TwoMachines.NET;
import static org.ikebana.kernel.memory.TwoMachines.key;
import static org.ikebana.kernel.memory.TwoMachines.otherEnd;
import static org.ikebana.kernel.memory.TwoMachines.packet;
import static org.ikebana.kernel.memory.TwoMachines.policyOnTheRight;
import static org.ikebana.kernel.memory.TwoMachines.tunnel;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.TestAlgorithms;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.memory.InboundVerdict.Accepted;
import org.ikebana.kernel.memory.InboundVerdict.Cause;
import org.ikebana.kernel.memory.InboundVerdict.Dropped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InboundPathTest {
    private final TwoMachines machines = new TwoMachines();

    @Test
    void whatOneEndWrapsTheOtherUnwraps() throws Exception {
        machines.connect(tunnel());

        assertThat(machines.right.packetIn(machines.wrapped(packet()))).isEqualTo(new Accepted(packet()));

        assertThat(machines.right.usage(key()).orElseThrow().packets()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void bothEndsMustHaveTheSameAlgorithmsAndKeys(TestAlgorithms other) throws Exception {
        machines.connect(tunnel());
        machines.right(tunnel().delete());
        machines.right(new KernelChange.AddSa(
                otherEnd(tunnel().algorithms(other.withKeys()).build())));

        assertThat(machines.right.packetIn(machines.wrapped(packet()))).isEqualTo(new Dropped(Cause.INTEGRITY));
        assertThat(machines.right.usage(key()).orElseThrow().packets()).isZero();
    }

    @Test
    void extendedSequenceNumbersMustBeAgreedOn() throws Exception {
        machines.connect(tunnel());
        machines.right(tunnel().delete());
        machines.right(new KernelChange.AddSa(
                otherEnd(tunnel().extendedSequenceNumbers().build())));

        assertThat(machines.right.packetIn(machines.wrapped(packet()))).isEqualTo(new Dropped(Cause.INTEGRITY));
    }

    @Test
    void inClearIsNotEnoughWhereAPolicyWantsProtection() throws Exception {
        machines.right(policyOnTheRight(Direction.IN), policyOnTheRight(Direction.FORWARD));

        assertThat(machines.right.packetIn(packet())).isEqualTo(new Dropped(Cause.UNPROTECTED));
        assertThat(machines.right.packetForwarded(packet())).isEqualTo(new Dropped(Cause.UNPROTECTED));
        assertThat(machines.right.packetIn(TwoMachines.packetTo("198.51.100.1")))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void policiesDecideOnWhatComesInClear() throws Exception {
        IpPacket.Clear incoming = packet().reply();
        machines.left(TestPolicy.block(NET).incoming(Direction.IN).put());
        assertThat(machines.left.packetIn(incoming)).isEqualTo(new Dropped(Cause.BLOCKED));

        machines.left(TestPolicy.pass(NET).incoming(Direction.IN).put());
        assertThat(machines.left.packetIn(incoming)).isEqualTo(new Accepted(incoming));
    }

    @Test
    void eachDirectionHasItsPolicies() throws Exception {
        machines.connect(tunnel());

        assertThat(machines.right.packetForwarded(machines.wrapped(packet())))
                .as("no policy for what goes on")
                .isEqualTo(new Dropped(Cause.NO_POLICY));

        machines.right(policyOnTheRight(Direction.FORWARD));
        assertThat(machines.right.packetForwarded(machines.wrapped(packet()))).isEqualTo(new Accepted(packet()));
    }

    @Test
    void aTunnelOfAnotherReqidWillNotDo() throws Exception {
        machines.connect(tunnel());
        machines.right(tunnel().delete());
        machines.right(new KernelChange.AddSa(otherEnd(tunnel().reqid(2).build())));

        assertThat(machines.right.packetIn(machines.wrapped(packet()))).isEqualTo(new Dropped(Cause.UNPROTECTED));
    }

    @Test
    void aTunnelBetweenOtherEndsWillNotDo() throws Exception {
        machines.connect(tunnel());
        Policy policy = policyOnTheRight(Direction.IN).policy();
        PolicyTemplate asked = policy.templates().getFirst();
        PolicyTemplate elsewhere = new PolicyTemplate(
                NET.innerLocal(), asked.destination(), asked.protocol(), asked.mode(), asked.reqid());
        machines.right(new KernelChange.PutPolicy(
                new Policy(policy.key(), policy.priority(), policy.action(), List.of(elsewhere))));

        assertThat(machines.right.packetIn(machines.wrapped(packet()))).isEqualTo(new Dropped(Cause.UNPROTECTED));
    }

    @Test
    void aTunnelWherePlainPassIsWantedWillNotDo() throws Exception {
        machines.connect(tunnel());
        PolicyKey met = policyOnTheRight(Direction.IN).policy().key();
        machines.right(new KernelChange.PutPolicy(new Policy(met, 1, Policy.Action.ALLOW, List.of())));

        assertThat(machines.right.packetIn(machines.wrapped(packet()))).isEqualTo(new Dropped(Cause.UNPROTECTED));
    }

    @Test
    void withoutSaOrWithAReservationOnlyItIsDropped() throws Exception {
        machines.connect(tunnel());
        IpPacket.Wrapped wrapped = machines.wrapped(packet());
        machines.right(tunnel().delete());
        assertThat(machines.right.packetIn(wrapped)).isEqualTo(new Dropped(Cause.NO_SA));

        var spi = machines.left.allocateSpi(NET.spiRequest(1));
        IpPacket.Wrapped early = new IpPacket.Wrapped(
                NET.peer(),
                NET.local(),
                wrapped.protocol(),
                spi,
                wrapped.mode(),
                wrapped.encapsulation(),
                1,
                wrapped.seal(),
                packet().reply(),
                0);
        assertThat(machines.left.packetIn(early)).isEqualTo(new Dropped(Cause.LARVAL));
    }

    @Test
    void aRepeatedPacketIsDropped() throws Exception {
        machines.connect(tunnel());
        IpPacket.Wrapped first = machines.wrapped(packet());
        IpPacket.Wrapped second = machines.wrapped(packet());
        assertThat(machines.right.packetIn(second)).isInstanceOf(Accepted.class);
        assertThat(machines.right.packetIn(first)).isInstanceOf(Accepted.class);

        assertThat(machines.right.packetIn(first)).isEqualTo(new Dropped(Cause.REPLAYED));
        assertThat(machines.right.packetIn(second)).isEqualTo(new Dropped(Cause.REPLAYED));
    }

    @Test
    void aForgedPacketDoesNotMoveTheWindow() throws Exception {
        machines.connect(tunnel());
        IpPacket.Wrapped genuine = machines.wrapped(packet());
        IpPacket.Wrapped forged = new IpPacket.Wrapped(
                genuine.source(),
                genuine.destination(),
                genuine.protocol(),
                genuine.spi(),
                genuine.mode(),
                genuine.encapsulation(),
                1_000_000,
                Octets.ofHex("00"),
                genuine.inner(),
                0);

        assertThat(machines.right.packetIn(forged)).isEqualTo(new Dropped(Cause.INTEGRITY));

        assertThat(machines.right.packetIn(genuine)).isInstanceOf(Accepted.class);
    }

    @Test
    void modeAndEncapsulationMustAgree() throws Exception {
        machines.connect(tunnel());
        machines.right(tunnel().delete());
        machines.right(
                new KernelChange.AddSa(otherEnd(tunnel().mode(SaMode.TRANSPORT).build())));
        assertThat(machines.right.packetIn(machines.wrapped(packet()))).isEqualTo(new Dropped(Cause.MODE));

        machines.right(tunnel().delete());
        machines.right(new KernelChange.AddSa(
                otherEnd(tunnel().encapsulation(4500, 4500).build())));
        assertThat(machines.right.packetIn(machines.wrapped(packet()))).isEqualTo(new Dropped(Cause.ENCAPSULATION));
    }

    @Test
    void anOutboundSaReceivesNothing() throws Exception {
        machines.connect(tunnel());

        assertThat(machines.left.packetIn(machines.wrapped(packet()))).isEqualTo(new Dropped(Cause.ENCAPSULATION));
    }

    @Test
    void whatANatChangesIsTold() throws Exception {
        machines.connect(tunnel().encapsulation(4500, 4500));
        IpPacket.Wrapped straight = machines.wrapped(packet());
        assertThat(machines.right.packetIn(straight)).isInstanceOf(Accepted.class);
        machines.settle();
        assertThat(machines.rightEvents).isEmpty();

        InetAddress outside = InetAddress.ofLiteral("203.0.113.7");
        IpPacket.Wrapped translated = machines.wrapped(packet()).translated(outside, 61_000);

        assertThat(machines.right.packetIn(translated)).isInstanceOf(Accepted.class);
        machines.settle();
        assertThat(machines.rightEvents)
                .containsExactly(new KernelEvent.MappingChanged(
                        key(), 1, new InetSocketAddress(NET.local(), 4500), new InetSocketAddress(outside, 61_000)));
    }

    @Test
    void theSelectorOfATransportSaIsKept() throws Exception {
        IpPacket.Clear packet = IpPacket.Clear.udp(NET.local(), 1, NET.peer(), 2);
        var ports = TestPolicy.pass(NET).build().key().selector();
        TestSa transport = tunnel().mode(SaMode.TRANSPORT).selector(ports);
        machines.right(new KernelChange.AddSa(otherEnd(transport.build())));
        MemorySa sender = new MemorySa(transport.build());

        IpPacket.Wrapped wrapped = new IpPacket.Wrapped(
                NET.local(),
                NET.peer(),
                key().protocol(),
                key().spi(),
                SaMode.TRANSPORT,
                Optional.empty(),
                1,
                sender.seal(),
                packet,
                0);

        assertThat(machines.right.packetIn(wrapped)).isEqualTo(new Dropped(Cause.SELECTOR));
    }

    @Test
    void limitsHoldForTheReceiverToo() throws Exception {
        machines.connect(tunnel());
        machines.right(tunnel().delete());
        machines.right(new KernelChange.AddSa(
                otherEnd(tunnel().lifetimes(new Lifetimes(0, 0, 0, 0, 1, 2)).build())));
        for (int i = 0; i < 2; i++) {
            assertThat(machines.right.packetIn(machines.wrapped(packet()))).isInstanceOf(Accepted.class);
        }

        assertThat(machines.right.packetIn(machines.wrapped(packet()))).isEqualTo(new Dropped(Cause.SA_EXPIRED));
        machines.settle();
        assertThat(machines.rightEvents)
                .containsExactly(new KernelEvent.SoftExpire(key(), 1), new KernelEvent.HardExpire(key(), 1));
        assertThat(machines.right.packetIn(machines.wrapped(packet()))).isEqualTo(new Dropped(Cause.NO_SA));
    }
}
