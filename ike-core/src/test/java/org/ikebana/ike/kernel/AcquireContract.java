package org.ikebana.ike.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Optional;
import org.ikebana.ike.kernel.KernelEvent.Acquire;
import org.ikebana.ike.kernel.KernelSnapshot.InstalledSa;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Packets that ask for an SA. */
public interface AcquireContract extends KernelContract {
    @ParameterizedTest
    @EnumSource
    default void aPacketWithoutSaRaisesAnAcquire(TestNet net) throws Exception {
        EventLog events = EventLog.of(bench());
        apply(TestPolicy.tunnel(net, 7).put());
        TestPacket packet = TestPacket.udp(net, 5000);

        bench().leave(packet);

        Acquire acquire = events.first(Acquire.class);
        assertThat(acquire.reqid()).isEqualTo(7);
        assertThat(acquire.acquireSeq()).isNotZero();
        assertThat(acquire.packet()).isEqualTo(packet.asSelector());
        assertThat(acquire.source()).isEqualTo(net.local());
        assertThat(acquire.destination()).isEqualTo(net.peer());
        assertThat(acquire.protocol()).isEqualTo(SaProtocol.ESP);
        assertThat(larvalOf(acquire)).hasValueSatisfying(larval -> {
            assertThat(larval.key().spi()).isEqualTo(new Spi(0));
            assertThat(larval.key().destination()).isEqualTo(net.peer());
            assertThat(larval.source()).isEqualTo(net.local());
            assertThat(larval.reqid()).isEqualTo(7);
        });
    }

    @ParameterizedTest
    @EnumSource
    default void inTransportModeTheEndsAreThePackets(TestNet net) throws Exception {
        EventLog events = EventLog.of(bench());
        apply(TestPolicy.transport(net, 7).put());

        bench().leave(TestPacket.udp(net, 5000));

        Acquire acquire = events.first(Acquire.class);
        assertThat(acquire.source()).isEqualTo(net.innerLocal());
        assertThat(acquire.destination()).isEqualTo(net.innerPeer());
    }

    @Test
    default void thereIsNoSecondAcquireWhileTheFirstIsOpen() throws Exception {
        TestNet net = TestNet.IPV4;
        EventLog events = EventLog.of(bench());
        ask(events, net);

        bench().leave(TestPacket.udp(net, 5000));
        bench().leave(TestPacket.udp(net, 5001));

        events.fence();
        assertThat(events.all(Acquire.class)).hasSize(1);
    }

    @Test
    default void afterTheLarvalSaLapsedTheNextPacketAsksAgain() throws Exception {
        TestNet net = TestNet.IPV4;
        EventLog events = EventLog.of(bench());
        Acquire first = ask(events, net);

        awaitLapse();
        assertThat(larvalOf(first)).isEmpty();
        bench().leave(TestPacket.udp(net, 5000));

        Acquire second = events.nth(Acquire.class, 2);
        assertThat(second.acquireSeq()).isNotEqualTo(first.acquireSeq());
        assertThat(events.all(KernelEvent.HardExpire.class))
                .as("SPI 0 is never told")
                .noneMatch(e -> e.key().spi().value() == 0);
    }

    @Test
    default void eachReqidAsksForItself() throws Exception {
        TestNet net = TestNet.IPV4;
        EventLog events = EventLog.of(bench());
        apply(
                TestPolicy.tunnel(net, 7).udpTo(PortMatch.exactly(5000)).put(),
                TestPolicy.tunnel(net, 8).udpTo(PortMatch.exactly(5001)).put());

        bench().leave(TestPacket.udp(net, 5000));
        bench().leave(TestPacket.udp(net, 5001));

        events.nth(Acquire.class, 2);
        assertThat(events.all(Acquire.class)).extracting(Acquire::reqid).containsExactly(7, 8);
    }

    @ParameterizedTest
    @EnumSource
    default void theOutboundSaEndsTheAcquire(TestNet net) throws Exception {
        needsEsp("answering an Acquire");
        EventLog events = EventLog.of(bench());
        Acquire acquire = ask(events, net);
        Spi spi = backend().allocateSpi(net.spiRequest(7));
        TestSa outbound = TestSa.outbound(net, 1001).reqid(7).acquireSeq(acquire.acquireSeq());

        apply(TestSa.inbound(net, spi).reqid(7).acquireSeq(acquire.acquireSeq()).add(), outbound.add());
        assertThat(larvalOf(acquire)).isEmpty();
        assertThat(sas()).hasSize(2);
        bench().leave(TestPacket.udp(net, 5000));

        events.fence();
        assertThat(events.all(Acquire.class)).as("the SA serves the packet").hasSize(1);
        assertThat(backend().usage(outbound.build().key()).orElseThrow().packets())
                .isPositive();
    }

    /** As happens when the peer narrows: the SA serves other packets than those that asked. */
    @Test
    default void theSeqEndsTheAcquireWhateverTheReqid() throws Exception {
        needsEsp("answering an Acquire with another reqid");
        TestNet net = TestNet.IPV4;
        EventLog events = EventLog.of(bench());
        Acquire acquire = ask(events, net);

        apply(TestSa.outbound(net, 1001).reqid(70).add());
        assertThat(larvalOf(acquire)).as("another reqid, no seq").isPresent();
        apply(TestSa.outbound(net, 1002)
                .reqid(70)
                .acquireSeq(acquire.acquireSeq())
                .add());

        assertThat(larvalOf(acquire)).isEmpty();
    }

    @Test
    default void anSaThatHasWhatWasAskedForNeedsNoSeq() throws Exception {
        needsEsp("answering an Acquire without its seq");
        TestNet net = TestNet.IPV4;
        EventLog events = EventLog.of(bench());
        Acquire acquire = ask(events, net);

        apply(TestSa.outbound(net, 1001).reqid(7).add());

        assertThat(larvalOf(acquire)).isEmpty();
    }

    @Test
    default void withAnSaInPlaceNothingIsAsked() throws Exception {
        needsEsp("packets that find their SA");
        TestNet net = TestNet.IPV4;
        EventLog events = EventLog.of(bench());
        apply(
                TestSa.outbound(net, 1001).reqid(7).add(),
                TestPolicy.tunnel(net, 7).put());

        bench().leave(TestPacket.udp(net, 5000));

        events.fence();
        assertThat(events.all(Acquire.class)).isEmpty();
    }

    /** What matches no policy passes: the kernel protects nothing by itself. */
    @Test
    default void aPacketThatMeetsNoPolicyAsksForNothing() throws Exception {
        TestNet net = TestNet.IPV4;
        EventLog events = EventLog.of(bench());
        apply(TestPolicy.tunnel(net, 7).put());

        bench().leave(TestPacket.udp(net.innerLocal(), InetAddress.ofLiteral("198.51.100.1"), 5000));

        events.fence();
        assertThat(events.all(Acquire.class)).isEmpty();
    }

    /** A tunnel of reqid 7 without SA, and a packet that wants to go through it. */
    private Acquire ask(EventLog events, TestNet net) throws Exception {
        apply(TestPolicy.tunnel(net, 7).put());
        bench().leave(TestPacket.udp(net, 5000));
        return events.first(Acquire.class);
    }

    private Optional<InstalledSa> larvalOf(Acquire acquire) throws KernelException {
        return sas().stream()
                .filter(sa -> sa.larval() && sa.acquireSeq() == acquire.acquireSeq())
                .findFirst();
    }
}
