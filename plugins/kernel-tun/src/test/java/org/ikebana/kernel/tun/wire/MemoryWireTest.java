package org.ikebana.kernel.tun.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.Encapsulation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class MemoryWireTest {
    private final MemoryWire.Pair ends = MemoryWire.connect();

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.2, true", "2001:db8::1, 2001:db8::2, true", "192.0.2.1, 192.0.2.2, false"})
    void aRunArrivesAsTheSamePackets(String source, String destination, boolean inUdp) throws Exception {
        Run run = Run.of(5 * 1400 + 33, 1400, 1);
        EspPath path = path(source, destination, inUdp);
        try (Plane plane = new Plane(List.of(ends.right().receiver()))) {
            run.sendBy(ends.left().sender(), path, 0xb8);
            for (int i = 0; i < run.packets(); i++) {
                assertThat(plane.take())
                        .usingRecursiveComparison()
                        .isEqualTo(new Plane.Packet(
                                run.packet(i), inUdp, 0xb8, path.source(), inUdp ? 4500 : 0, path.destination()));
            }
        }
    }

    @Test
    void ikeIsDelivered() throws Exception {
        CompletableFuture<Datagram> delivered = new CompletableFuture<>();
        ends.right().onIke(delivered::complete);
        try (Plane plane = new Plane(List.of(ends.right().receiver()))) {
            InetSocketAddress peer = new InetSocketAddress(InetAddress.ofLiteral("203.0.113.9"), 1024);
            InetSocketAddress here = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.2"), 4500);
            ends.right().inject(WirePacket.inUdp(peer, here, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 7));

            Datagram datagram = delivered.get(10, TimeUnit.SECONDS);
            assertThat(datagram.local()).isEqualTo(here);
            assertThat(datagram.remote()).isEqualTo(peer);
            assertThat(datagram.payload()).containsExactly(7);
            assertThat(plane.isEmpty()).isTrue();
        }
    }

    @Test
    void aTestSeesWhatIsSentAndDropsIt() {
        List<WirePacket> seen = new ArrayList<>();
        ends.left().filter(packet -> {
            seen.add(packet);
            return seen.size() > 1;
        });
        EspSender sender = ends.left().sender();
        Run run = Run.of(300, 100, 2);
        EspPath path = path("192.0.2.1", "192.0.2.2", true);

        run.sendBy(sender, path, 1);
        assertThat(ends.right().receiver())
                .satisfies(receiver -> assertThat(receiver.receive()).isZero());
        assertThat(sender.drops()).isEqualTo(3);
        run.sendBy(sender, path, 2);
        assertThat(ends.right().receiver()).satisfies(receiver -> {
            assertThat(receiver.receive()).isEqualTo(1);
            assertThat(receiver.length(0)).isEqualTo(300);
            assertThat(receiver.segment(0)).isEqualTo(100);
        });
        assertThat(seen).extracting(WirePacket::trafficClass).containsExactly(1, 2);
    }

    @Test
    void aNarrowWayTeachesItsMtu() {
        ends.left().mtu(1400);
        EspSender sender = ends.left().sender();
        EspPath path = path("192.0.2.1", "192.0.2.2", true);

        Run.of(1372, 1372, 3).sendBy(sender, path, 0);
        assertThat(path.mtu()).isEqualTo(EspPath.UNKNOWN_MTU);
        Run.of(2 * 1373, 1373, 3).sendBy(sender, path, 0);
        assertThat(path.mtu()).isEqualTo(1400);
        assertThat(sender.drops()).isEqualTo(2);
    }

    @Test
    void whatNobodyTakesIsBounded() throws Exception {
        InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.2"), 4500);
        int taken = 0;
        while (ends.right().inject(WirePacket.inUdp(any, any, (byte) taken))) {
            taken++;
        }
        assertThat(ends.right().overflows()).isEqualTo(1);
        try (Plane plane = new Plane(List.of(ends.right().receiver()))) {
            for (int i = 0; i < taken; i++) {
                assertThat(plane.take().octets()).containsExactly((byte) i);
            }
        }
    }

    @Test
    void aClosedReceiverTells() throws Exception {
        EspReceiver receiver = ends.left().receiver();
        receiver.close();
        assertThatThrownBy(receiver::await).hasMessage("the wire is closed");
        assertThatThrownBy(receiver::await).hasMessage("the wire is closed");
    }

    private static EspPath path(String source, String destination, boolean inUdp) {
        return new EspPath(
                InetAddress.ofLiteral(source),
                InetAddress.ofLiteral(destination),
                inUdp ? Optional.of(new Encapsulation(4500, 4500)) : Optional.empty(),
                true);
    }
}
