package org.ikebana.kernel.tun.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ikebana.ike.kernel.Encapsulation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ESP in UDP over the loopback interface, as it is sent and as it comes. */
@Timeout(60)
class EspInUdpTest {
    private static final int EF_ECT1 = 46 << 2 | 1;

    private UdpEnds ends;
    private EspSender sender;

    @BeforeEach
    void open() throws IOException {
        ends = UdpEnds.open();
        sender = ends.left().sender(0);
    }

    @AfterEach
    void close() throws IOException {
        ends.close();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 64, 1400, true",
        "127.0.0.1, 64, 1400, false",
        "::1, 64, 1400, true",
        "::1, 64, 1400, false",
        "127.0.0.1, 1, 60, true",
        "::1, 7, 9000, true",
        "127.0.0.1, 200, 36, true",
        "127.0.0.1, 1, 65000, true"
    })
    void aRunArrivesAsTheSamePackets(String ip, int packets, int segment, boolean dontFragment) throws Exception {
        Run run = Run.of((packets - 1) * segment + Math.min(segment, 52), segment, packets);

        run.sendBy(sender, ends.path(ip, ip, dontFragment), 0);

        run.expectAt(ends.plane());
        assertThat(sender.drops()).isZero();
        assertThat(ends.plane().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.5, 127.0.0.9, true", "127.0.0.5, 127.0.0.9, false", "::1, ::1, true", "::1, ::1, false"})
    void addressesPortsAndTrafficClassAreKept(String source, String destination, boolean dontFragment)
            throws Exception {
        Run run = Run.of(3000, 1000, 1);

        run.sendBy(sender, ends.path(source, destination, dontFragment), EF_ECT1);

        for (int i = 0; i < run.packets(); i++) {
            assertThat(ends.plane().take())
                    .usingRecursiveComparison()
                    .isEqualTo(new Plane.Packet(
                            run.packet(i),
                            true,
                            EF_ECT1,
                            InetAddress.ofLiteral(source),
                            ends.leftIke().natPort(),
                            InetAddress.ofLiteral(destination)));
        }
    }

    /** One flush leaves by four sockets in turn, and by more messages than the queue holds. */
    @Test
    void pathsTakeTurns() throws Exception {
        EspPath[] paths = {
            ends.path("127.0.0.1", "127.0.0.2", true),
            ends.path("::1", "::1", true),
            ends.path("127.0.0.1", "127.0.0.2", false),
            ends.path("::1", "::1", false)
        };
        Run run = Run.of(400 * 100, 100, 2);
        for (int i = 0; i < run.packets(); i++) {
            sender.add(paths[i / 3 % 4], i & 0xff, run.memory(), i * 100, 100, 100);
        }
        sender.flush();

        int[] seen = new int[256];
        for (int i = 0; i < run.packets(); i++) {
            seen[ends.plane().take().trafficClass()]++;
        }
        assertThat(seen)
                .isEqualTo(
                        IntStream.range(0, 256).map(i -> i < 400 - 256 ? 2 : 1).toArray());
        assertThat(sender.drops()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8::1"})
    void whatHasASourceThatIsNotOursIsDropped(String stranger) throws Exception {
        String here = stranger.contains(":") ? "::1" : "127.0.0.1";
        Run.of(6400, 100, 3).sendBy(sender, ends.path(stranger, here, true), 0);
        assertThat(sender.drops()).isEqualTo(64);

        Run.of(6400, 100, 4).sendBy(sender, ends.path(here, here, true), 0);
        Run.of(6400, 100, 4).expectAt(ends.plane());
        assertThat(sender.drops()).isEqualTo(64);
    }

    @Test
    void whatNoSocketTakesIsDropped() throws Exception {
        InetAddress here = InetAddress.ofLiteral("127.0.0.1");
        int free = ends.leftIke().port();
        EspPath wrongPort = new EspPath(here, here, Optional.of(new Encapsulation(free, free)), true);
        EspPath raw = new EspPath(here, here, Optional.empty(), true);
        EspPath closed = ends.path("127.0.0.1", "127.0.0.1", true);

        Run.of(1000, 100, 5).sendBy(sender, wrongPort, 0);
        assertThat(sender.drops()).isEqualTo(10);
        Run.of(1000, 100, 5).sendBy(sender, raw, 0);
        assertThat(sender.drops()).isEqualTo(20);
        ends.leftIke().close();
        Run.of(1000, 100, 5).sendBy(sender, closed, 0);
        assertThat(sender.drops()).isEqualTo(30);
    }

    /** The kernel keeps runs together, on the loopback interface at least, and tells how long each datagram was. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void aRunComesInOnePiece(String ip) throws Exception {
        try (UdpEnds idle = UdpEnds.openIdle()) {
            EspReceiver receiver = idle.right().receiver(0);
            Run.of(40 * 1400 + 5, 1400, 7).sendBy(idle.left().sender(0), idle.path(ip, ip, true), 0);
            receiver.await();
            assertThat(receiver.receive()).isEqualTo(1);
            assertThat(receiver.length(0)).isEqualTo(40 * 1400 + 5);
            assertThat(receiver.segment(0)).isEqualTo(1400);
            assertThat(receiver.receive()).isZero();
        }
    }

    @Test
    void whatIsEmptyOrForManyHostsIsDropped() throws Exception {
        try (DatagramSocket peer = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            peer.setBroadcast(true);
            byte[] octets = {1, 2, 3, 4, 5};
            int port = ends.rightIke().natPort();
            peer.send(new DatagramPacket(octets, 0, InetAddress.ofLiteral("127.0.0.1"), port));
            peer.send(new DatagramPacket(octets, 5, InetAddress.ofLiteral("127.255.255.255"), port));
            peer.send(new DatagramPacket(octets, 5, InetAddress.ofLiteral("127.0.0.1"), port));
        }
        assertThat(ends.plane().take().octets()).containsExactly(1, 2, 3, 4, 5);
        assertThat(ends.plane().isEmpty()).isTrue();
        assertThat(ends.right().receiveDrops()).isEqualTo(2);
    }

    @Test
    void mistakesOfTheCallerAreTold() {
        EspPath path = ends.path("127.0.0.1", "127.0.0.1", true);
        ByteBuffer memory = ByteBuffer.allocateDirect(100);
        assertThatThrownBy(() -> sender.add(path, 0, memory, 50, 51, 51)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> sender.add(path, 0, memory, 0, 50, 0)).hasMessageContaining("have a length, not 0");
        assertThatThrownBy(() -> ends.path("127.0.0.1", "::1", true))
                .hasMessageContaining("one is IPv4, the other IPv6");
    }
}
