package org.ikebana.kernel.tun;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.kernel.tun.plane.Drop;
import org.ikebana.kernel.tun.wire.WirePacket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SAs of the data plane that go to other addresses and ports: keys, numbers and windows go on. */
class MovedPlaneTest {
    private static final TestNet NET = TestNet.IPV4;
    private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("198.51.100.7");
    private static final InetAddress SIX_HERE = InetAddress.ofLiteral("2001:db8::1");
    private static final InetAddress SIX_THERE = InetAddress.ofLiteral("2001:db8::2");
    private static final Optional<Encapsulation> RAW = Optional.empty();

    private final TwoKernels kernels = new TwoKernels();
    private final List<WirePacket> wire = new ArrayList<>();

    @BeforeEach
    void observe() throws Exception {
        kernels.left.wire.filter(wire::add);
        new Tunnel(NET, NET).install(kernels);
    }

    @AfterEach
    void close() {
        kernels.close();
    }

    @Test
    void sequenceNumbersGoOnWherever() throws Exception {
        arrives(2);
        move(NET.local(), NET.peer(), NET.local(), ELSEWHERE, RAW);
        arrives(1);
        move(NET.local(), ELSEWHERE, NET.local(), ELSEWHERE, Optional.of(new Encapsulation(4500, 4501)));
        arrives(1);
        move(NET.local(), ELSEWHERE, SIX_HERE, SIX_THERE, RAW);
        arrives(1);

        assertThat(wire).extracting(MovedPlaneTest::sequence).containsExactly(1, 2, 3, 4, 5);
        assertThat(wire)
                .extracting(p -> p.destination().getAddress())
                .containsExactly(NET.peer(), NET.peer(), ELSEWHERE, ELSEWHERE, SIX_THERE);
        assertThat(wire).extracting(WirePacket::inUdp).containsExactly(false, false, false, true, false);
    }

    @Test
    void whatWasTakenBeforeTheMoveIsNotTakenAfterIt() throws Exception {
        arrives(1);
        move(NET.local(), NET.peer(), NET.local(), ELSEWHERE, RAW);
        WirePacket old = wire.getFirst();

        kernels.right.wire.inject(new WirePacket(
                false, old.source(), new InetSocketAddress(ELSEWHERE, 0), 0, old.octets(), old.segment()));
        kernels.settle();

        assertThat(kernels.right.device.tryTake()).isEmpty();
        assertThat(kernels.right.kernel.counters().drops(Drop.IN_STATE_SEQ_ERROR))
                .isEqualTo(1);
    }

    @Test
    void theOldDestinationIsNobodysAnyMore() throws Exception {
        arrives(1);
        WirePacket old = wire.getFirst();
        move(NET.local(), NET.peer(), NET.local(), ELSEWHERE, RAW);

        kernels.right.wire.inject(old);
        kernels.settle();

        assertThat(kernels.right.kernel.counters().drops(Drop.IN_NO_STATES)).isEqualTo(1);
    }

    @Test
    void noPacketIsHeldOrAskedForWhenPoliciesMoveToo() throws Exception {
        List<KernelEvent> events = new ArrayList<>();
        kernels.left.backend.listen(events::add);
        move(NET.local(), NET.peer(), NET.local(), ELSEWHERE, RAW);
        arrives(1);
        kernels.clock.advance(Duration.ZERO);

        assertThat(events).isEmpty();
    }

    /** A NAT that goes to and fro is told each time. */
    @Test
    void eachChangeOfAMappingIsTold() throws Exception {
        InetSocketAddress first = new InetSocketAddress("192.0.2.99", 61_000);
        move(NET.local(), NET.peer(), NET.local(), NET.peer(), Optional.of(new Encapsulation(4500, 4500)));
        List<KernelEvent> events = new ArrayList<>();
        kernels.right.backend.listen(events::add);
        for (int i = 0; i < 2; i++) {
            wire.clear();
            kernels.left.wire.filter(p -> !wire.add(p));
            leave(2);
            inject(wire.get(0), first);
            inject(wire.get(1), new InetSocketAddress(NET.local(), 4500));
        }
        kernels.clock.advance(Duration.ZERO);

        assertThat(events)
                .hasSize(2)
                .allSatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                KernelEvent.MappingChanged.class,
                                mapping -> assertThat(mapping.now()).isEqualTo(first)));
    }

    private void inject(WirePacket sent, InetSocketAddress source) throws Exception {
        kernels.right.wire.inject(new WirePacket(true, source, sent.destination(), 0, sent.octets(), sent.segment()));
        kernels.settle();
    }

    /** Both kernels, the left one's end first; their policies with them. */
    private void move(
            InetAddress left,
            InetAddress right,
            InetAddress newLeft,
            InetAddress newRight,
            Optional<Encapsulation> ports)
            throws KernelException {
        KernelChange toRight = new KernelChange.MoveSa(key(right, Tunnel.TO_RIGHT), newLeft, newRight, ports);
        KernelChange toLeft = new KernelChange.MoveSa(
                key(left, Tunnel.TO_LEFT),
                newRight,
                newLeft,
                ports.map(p -> new Encapsulation(p.destinationPort(), p.sourcePort())));
        for (TwoKernels.End end : List.of(kernels.left, kernels.right)) {
            List<KernelChange> changes = new ArrayList<>(List.of(toRight, toLeft));
            for (Policy policy : end.backend.snapshot().policies()) {
                PolicyTemplate template = policy.templates().getFirst();
                boolean rightwards = template.destination().equals(right);
                changes.add(new KernelChange.PutPolicy(new Policy(
                        policy.key(),
                        policy.priority(),
                        policy.action(),
                        List.of(new PolicyTemplate(
                                rightwards ? newLeft : newRight,
                                rightwards ? newRight : newLeft,
                                template.protocol(),
                                template.mode(),
                                template.reqid())))));
            }
            end.backend.apply(new KernelUpdate(changes));
        }
    }

    private static SaKey key(InetAddress destination, Spi spi) {
        return new SaKey(destination, spi, SaProtocol.ESP, Mark.NONE);
    }

    private void arrives(int packets) throws Exception {
        leave(packets);
        for (int i = 0; i < packets; i++) {
            assertThat(kernels.right.device.tryTake()).isPresent();
        }
        assertThat(kernels.right.device.tryTake()).isEmpty();
    }

    private void leave(int packets) throws Exception {
        for (int i = 0; i < packets; i++) {
            kernels.left.device.inject(Packets.of(NET.innerLocal(), NET.innerPeer(), 17, 4000, 5000, 100));
            kernels.settle();
        }
    }

    private static int sequence(WirePacket packet) {
        return ByteBuffer.wrap(packet.octets()).getInt(4);
    }
}
