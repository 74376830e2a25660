package org.ikebana.kernel.tun;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.TestAlgorithms;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.kernel.tun.plane.Drop;
import org.ikebana.kernel.tun.wire.WirePacket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Packets through whole ESP, from one machine's device to the other's. */
class PlaneTest {
    private static final TestNet NET = TestNet.IPV4;
    private static final InetAddress STRANGER = InetAddress.ofLiteral("10.9.0.1");

    private final TwoKernels kernels = new TwoKernels();
    private final List<WirePacket> wire = new ArrayList<>();

    @BeforeEach
    void observe() {
        kernels.left.wire.filter(wire::add);
    }

    @AfterEach
    void close() {
        kernels.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyAlgorithmCarriesPackets(TestAlgorithms algorithms) throws Exception {
        new Tunnel(NET, NET).algorithms(algorithms).extended().install(kernels);
        byte[] packet = packet(NET, 333);

        assertThat(arrives(packet)).containsExactly(packet);
        assertThat(wire).singleElement().satisfies(p -> assertThat(p.inUdp()).isFalse());
        assertThat(indexOf(wire.getFirst().octets(), Arrays.copyOfRange(packet, 28, 60)))
                .as("the payload in clear")
                .isEqualTo(
                        algorithms.name().contains("NULL") || algorithms.name().contains("GMAC") ? 1 : -1);
    }

    @ParameterizedTest
    @CsvSource({"IPV4, IPV4", "IPV4, IPV6", "IPV6, IPV4", "IPV6, IPV6"})
    void bothFamiliesAreCarriedInBoth(TestNet inner, TestNet outer) throws Exception {
        new Tunnel(inner, outer).inUdp().install(kernels);

        for (int length : new int[] {60, 61, 62, 63, 500, 1400}) {
            byte[] packet = packet(inner, length);
            assertThat(arrives(packet)).containsExactly(packet);
        }
        assertThat(wire).allSatisfy(p -> assertThat(p.inUdp()).isTrue());
    }

    @ParameterizedTest
    @EnumSource
    void transportModeProtectsWhatStandsBehindTheHeader(TestNet net) throws Exception {
        kernels.right.has(net.peer());
        new Tunnel(net, net).transport().install(kernels);
        byte[] packet = Packets.of(net.local(), net.peer(), 17, 4000, 5000, 200);

        assertThat(arrives(packet)).singleElement().satisfies(p -> {
            int header = net == TestNet.IPV4 ? 20 : 40;
            assertThat(Arrays.copyOfRange(p, header, p.length))
                    .isEqualTo(Arrays.copyOfRange(packet, header, packet.length));
            assertThat(Arrays.copyOfRange(p, header - 2 * net.local().getAddress().length, header))
                    .as("addresses")
                    .isEqualTo(
                            Arrays.copyOfRange(packet, header - 2 * net.local().getAddress().length, header));
        });
    }

    /** RFC 4303 2.7. */
    @ParameterizedTest
    @CsvSource({"IPV4, 700", "IPV6, 700", "IPV4, 65535", "IPV6, 65535"})
    void paddedPacketsLookTheSame(TestNet net, int padding) throws Exception {
        new Tunnel(net, net).tfcPadding(padding).install(kernels);
        for (int length : new int[] {60, 61, 333, 699, 700}) {
            byte[] packet = packet(net, length);
            assertThat(arrives(packet)).containsExactly(packet);
        }

        assertThat(wire.stream().map(p -> p.octets().length).distinct())
                .singleElement()
                .satisfies(length -> assertThat(length).isBetween(padding == 700 ? 730 : 1230, 1280));
    }

    @Test
    void theFirstPacketWaitsForItsSa() throws Exception {
        List<KernelEvent> events = new ArrayList<>();
        kernels.left.backend.listen(events::add);
        Tunnel tunnel = new Tunnel(NET, NET);
        tunnel.policies(kernels);
        byte[] packet = packet(NET, 100);

        assertThat(arrives(packet)).isEmpty();
        kernels.clock.advance(Duration.ZERO);
        assertThat(events).singleElement().isInstanceOf(KernelEvent.Acquire.class);
        tunnel.sas(kernels);
        kernels.settle();

        assertThat(received()).containsExactly(packet);
    }

    @Test
    void heldPacketsAreBounded() throws Exception {
        kernels.left.backend.listen(event -> {});
        Tunnel tunnel = new Tunnel(NET, NET);
        tunnel.policies(kernels);
        for (int i = 0; i < 40; i++) {
            assertThat(arrives(packet(NET, 100 + i))).isEmpty();
        }

        tunnel.sas(kernels);
        kernels.settle();

        assertThat(received()).hasSize(16).last().satisfies(p -> assertThat(p).hasSize(139));
        assertThat(kernels.left.kernel.counters().drops(Drop.OUT_NO_STATES)).isEqualTo(24);
    }

    @Test
    void aPacketWithoutPolicyOrWithABlockIsRefusedInWords() throws Exception {
        assertThat(arrives(packet(NET, 100))).isEmpty();
        assertThat(icmpTypes()).containsExactly("3/13");

        kernels.left.backend.apply(KernelUpdate.of(TestPolicy.block(NET).put()));
        assertThat(arrives(packet(NET, 100))).isEmpty();

        assertThat(icmpTypes()).containsExactly("3/13");
        assertThat(wire).isEmpty();
    }

    @Test
    void aPacketIsTakenOnce() throws Exception {
        new Tunnel(NET, NET).install(kernels);
        arrives(packet(NET, 100));

        kernels.right.wire.inject(wire.getFirst());
        kernels.settle();

        assertThat(received()).isEmpty();
        assertThat(kernels.right.kernel.counters().drops(Drop.IN_STATE_SEQ_ERROR))
                .isEqualTo(1);
    }

    @Test
    void whatCameOutOfTheWrongTunnelIsDropped() throws Exception {
        new Tunnel(NET, NET).install(kernels);
        kernels.left.backend.apply(KernelUpdate.of(TestPolicy.tunnel(NET, Tunnel.REQID)
                .between(IpPrefix.host(STRANGER), NET.peerNet())
                .put()));

        assertThat(arrives(Packets.of(STRANGER, NET.innerPeer(), 17, 1, 2, 100)))
                .isEmpty();

        assertThat(kernels.right.kernel.counters().drops(Drop.IN_NO_POLICIES)).isEqualTo(1);
    }

    @Test
    void limitsByPacketsEndAnSa() throws Exception {
        List<KernelEvent> events = new ArrayList<>();
        kernels.left.backend.listen(events::add);
        Tunnel tunnel = new Tunnel(NET, NET).lifetimes(new Lifetimes(0, 0, 0, 0, 2, 4));
        tunnel.install(kernels);

        int arrived = 0;
        for (int i = 0; i < 6; i++) {
            arrived += arrives(packet(NET, 100)).size();
        }
        kernels.clock.advance(Duration.ZERO);

        assertThat(arrived).isEqualTo(4);
        assertThat(events.get(0)).isEqualTo(new KernelEvent.SoftExpire(tunnel.toRight(), Tunnel.REQID));
        assertThat(events.get(1)).isEqualTo(new KernelEvent.HardExpire(tunnel.toRight(), Tunnel.REQID));
        assertThat(events.get(2)).isInstanceOf(KernelEvent.Acquire.class);
    }

    @Test
    void aNarrowPathIsLearnedAndTold() throws Exception {
        new Tunnel(NET, NET).inUdp().install(kernels);
        kernels.left.wire.mtu(1000);
        byte[] packet = packet(NET, 1200);
        packet[6] = 0x40; // DF
        Packets.fixChecksum(packet);

        assertThat(arrives(packet)).as("lost, the path learned").isEmpty();
        assertThat(arrives(packet)).as("told").isEmpty();
        assertThat(icmpTypes()).containsExactly("3/4");
        assertThat(arrives(packet(NET, 1200))).as("fragments").hasSize(2);
    }

    @Test
    void anotherPlaceBehindTheNatIsTold() throws Exception {
        List<KernelEvent> events = new ArrayList<>();
        kernels.right.backend.listen(events::add);
        Tunnel tunnel = new Tunnel(NET, NET).inUdp();
        tunnel.install(kernels);
        kernels.left.wire.filter(p -> !wire.add(p));
        arrives(packet(NET, 100));
        WirePacket sent = wire.getFirst();
        InetSocketAddress elsewhere = new InetSocketAddress("192.0.2.99", 61000);

        kernels.right.wire.inject(
                new WirePacket(true, elsewhere, sent.destination(), 0, sent.octets(), sent.segment()));
        kernels.settle();
        kernels.clock.advance(Duration.ZERO);

        assertThat(received()).hasSize(1);
        assertThat(events)
                .containsExactly(new KernelEvent.MappingChanged(
                        tunnel.toRight(), Tunnel.REQID, new InetSocketAddress(NET.local(), 4500), elsewhere));
    }

    @Test
    void congestionIsCarriedThrough() throws Exception {
        new Tunnel(NET, NET).install(kernels);
        byte[] packet = packet(NET, 100);
        packet[1] = (byte) 0xb9; // EF, ECT(1)
        Packets.fixChecksum(packet);
        kernels.left.wire.filter(p -> !wire.add(p));
        arrives(packet);
        WirePacket sent = wire.getFirst();
        assertThat(sent.trafficClass()).isEqualTo(0xb9);

        kernels.right.wire.inject(
                new WirePacket(false, sent.source(), sent.destination(), 0xbb, sent.octets(), sent.segment()));
        kernels.settle();

        assertThat(received()).singleElement().satisfies(p -> assertThat(p[1]).isEqualTo((byte) 0xbb));
    }

    private static byte[] packet(TestNet net, int length) {
        return Packets.of(net.innerLocal(), net.innerPeer(), 17, 4000, 5000, length);
    }

    /** What comes out on the right of a packet that leaves on the left. */
    private List<byte[]> arrives(byte[] packet) throws Exception {
        kernels.left.device.inject(packet);
        kernels.settle();
        return received();
    }

    private List<byte[]> received() throws Exception {
        List<byte[]> packets = new ArrayList<>();
        for (var next = kernels.right.device.tryTake(); next.isPresent(); next = kernels.right.device.tryTake()) {
            packets.add(next.get());
        }
        return packets;
    }

    private List<String> icmpTypes() throws Exception {
        List<String> types = new ArrayList<>();
        for (var next = kernels.left.device.tryTake(); next.isPresent(); next = kernels.left.device.tryTake()) {
            assertThat(next.get()[9]).as("ICMP").isEqualTo((byte) 1);
            types.add(next.get()[20] + "/" + next.get()[21]);
        }
        return types;
    }

    private static int indexOf(byte[] octets, byte[] wanted) {
        for (int i = 0; i + wanted.length <= octets.length; i++) {
            if (Arrays.equals(octets, i, i + wanted.length, wanted, 0, wanted.length)) {
                return 1;
            }
        }
        return -1;
    }
}
