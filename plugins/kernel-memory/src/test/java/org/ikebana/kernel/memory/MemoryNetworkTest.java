package org.ikebana.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.IkeTransport;
import org.ikebana.ike.kernel.TransportConfig;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.memory.MemoryNetwork.UdpPacket;
import org.ikebana.kernel.model.VirtualClock;
import org.junit.jupiter.api.Test;

class MemoryNetworkTest {
    private static final InetAddress LEFT = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress RIGHT = InetAddress.ofLiteral("192.0.2.2");
    private static final Octets MESSAGE = Octets.ofHex("0102030405060708");

    private final List<UdpPacket> onTheWire = new ArrayList<>();
    private final MemoryNetwork network = new MemoryNetwork((packet, deliver) -> onTheWire.add(packet));
    private final MemoryHost leftHost = network.host(LEFT);
    private final MemoryHost rightHost = network.host(RIGHT);
    private final List<Datagram> received = new ArrayList<>();
    private final IkeTransport left;
    private final IkeTransport right;

    MemoryNetworkTest() throws IOException {
        left = leftHost.open(TransportConfig.STANDARD, datagram -> {});
        right = rightHost.open(TransportConfig.STANDARD, received::add);
    }

    @Test
    void theMarkerIsOnTheWireOfTheNatPortOnly() throws Exception {
        left.send(message(500, 500));
        left.send(message(4500, 4500));

        assertThat(onTheWire)
                .extracting(UdpPacket::octets)
                .containsExactly(MESSAGE, Octets.ofHex("000000000102030405060708"));
        onTheWire.forEach(network::deliver);
        assertThat(received).hasSize(2).allSatisfy(datagram -> {
            assertThat(datagram.payload()).isEqualTo(MESSAGE.toByteArray());
            assertThat(datagram.remote().getAddress()).isEqualTo(LEFT);
            assertThat(datagram.local().getAddress()).isEqualTo(RIGHT);
        });
    }

    @Test
    void whatIsNoIkeIsDropped() throws Exception {
        left.sendNatKeepalive(new InetSocketAddress(LEFT, 4500), new InetSocketAddress(RIGHT, 4500));
        left.send(message(500, 4500));

        assertThat(onTheWire).extracting(UdpPacket::octets).containsExactly(Octets.ofHex("ff"), MESSAGE);
        onTheWire.forEach(network::deliver);
        assertThat(received).isEmpty();
    }

    @Test
    void aNatMayChangeTheAddresses() throws Exception {
        left.send(message(4500, 4500));
        UdpPacket sent = onTheWire.getFirst();
        InetSocketAddress outside = new InetSocketAddress("203.0.113.7", 61_000);

        network.deliver(new UdpPacket(outside, sent.destination(), sent.octets()));

        assertThat(received).singleElement().extracting(Datagram::remote).isEqualTo(outside);
    }

    @Test
    void aHostMoves() throws Exception {
        InetAddress elsewhere = InetAddress.ofLiteral("198.51.100.9");
        assertThat(left.localAddressFor(RIGHT)).isEqualTo(LEFT);

        leftHost.move(elsewhere);

        assertThat(left.localAddressFor(RIGHT)).isEqualTo(elsewhere);
        assertThatIOException().isThrownBy(() -> left.send(message(500, 500))).withMessageContaining("198.51.100.9");
        network.deliver(new UdpPacket(new InetSocketAddress(RIGHT, 500), new InetSocketAddress(LEFT, 500), MESSAGE));
        assertThat(received).isEmpty();
        leftHost.move();
        assertThatIOException().isThrownBy(() -> left.localAddressFor(RIGHT)).withMessageContaining("No route");
    }

    @Test
    void portsAreTakenOnceAndFreedByClosing() throws Exception {
        assertThatIOException()
                .isThrownBy(() -> rightHost.open(TransportConfig.STANDARD, received::add))
                .withMessageContaining("500");
        IkeTransport other = rightHost.open(new TransportConfig(0, 0), received::add);
        assertThat(List.of(other.port(), other.natPort()))
                .doesNotHaveDuplicates()
                .doesNotContain(0, 500, 4500);

        right.close();

        left.send(message(500, 500));
        onTheWire.forEach(network::deliver);
        assertThat(received).isEmpty();
        assertThatIOException().isThrownBy(() -> right.send(message(500, 500)));
        rightHost.open(TransportConfig.STANDARD, received::add);
        onTheWire.forEach(network::deliver);
        assertThat(received).hasSize(1);
    }

    @Test
    void theSeedDecidesOnLossRepetitionAndOrder() {
        assertThat(arrivals(1)).isEqualTo(arrivals(1)).isNotEqualTo(arrivals(2));
        List<Integer> arrived = arrivals(3);
        assertThat(arrived).isNotEqualTo(arrived.stream().sorted().toList());
        assertThat(arrived.stream().distinct().count()).isBetween(100L, 199L);
        assertThat(arrived).hasSizeGreaterThan((int) arrived.stream().distinct().count());
    }

    @Test
    void aFaultlessCarrierKeepsAllInOrder() throws Exception {
        VirtualClock clock = new VirtualClock();
        List<Integer> arrived = arrivals(clock, SeededCarrier.faultless(clock, new Random(1), Duration.ofMillis(10)));

        assertThat(arrived).hasSize(200).isSorted();
    }

    private static List<Integer> arrivals(long seed) {
        VirtualClock clock = new VirtualClock();
        return arrivals(
                clock,
                new SeededCarrier(clock, new Random(seed), 0.2, 0.2, Duration.ofMillis(1), Duration.ofMillis(50)));
    }

    private static List<Integer> arrivals(VirtualClock clock, SeededCarrier carrier) {
        List<Integer> arrived = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            UdpPacket packet =
                    new UdpPacket(new InetSocketAddress(LEFT, 500), new InetSocketAddress(RIGHT, 500), Octets.ofInt(i));
            carrier.carry(packet, delivered -> arrived.add(delivered.octets().toInt()));
        }
        assertThat(arrived).as("nothing within the call").isEmpty();
        clock.advance(Duration.ofSeconds(1));
        return arrived;
    }

    private static Datagram message(int from, int to) {
        return new Datagram(new InetSocketAddress(LEFT, from), new InetSocketAddress(RIGHT, to), MESSAGE.toByteArray());
    }
}
