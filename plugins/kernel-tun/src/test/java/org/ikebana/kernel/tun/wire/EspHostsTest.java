package org.ikebana.kernel.tun.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ikebana.kernel.linux.NetworkNamespace.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.ike.kernel.IkeTransport;
import org.ikebana.ike.kernel.TransportConfig;
import org.ikebana.kernel.linux.Capabilities;
import org.ikebana.kernel.linux.LogCapture;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.ikebana.kernel.udp.LinuxUdpTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts with narrow paths, ways for marked packets, without IPv6 or without privileges; needs root. */
@Timeout(60)
class EspHostsTest {
    private static final TransportConfig FREE_PORTS = new TransportConfig(0, 0);
    private static final int MARK = 0x1be;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void aPathTeachesItsMtu(String ip) throws Exception {
        NetworkNamespace.run(() -> {
            command("ip link set lo mtu 1300");
            try (UdpEnds ends = UdpEnds.open()) {
                EspSender sender = ends.left().sender(0);
                EspPath path = ends.path(ip, ip, true);

                Run.of(10 * 1400, 1400, 1).sendBy(sender, path, 0);
                assertThat(path.mtu()).isEqualTo(1300);
                assertThat(sender.drops()).isEqualTo(10);

                int headers = ip.contains(":") ? 48 : 28;
                Run fitting = Run.of(10 * (1300 - headers), 1300 - headers, 2);
                fitting.sendBy(sender, path, 0);
                fitting.expectAt(ends.plane());
                assertThat(sender.drops()).isEqualTo(10);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void whatMayBeFragmentedIsAndTheRestIsStillSegmented(String ip) throws Exception {
        NetworkNamespace.run(() -> {
            command("ip link set lo mtu 1300");
            try (LogCapture log = new LogCapture(Segmentation.class);
                    UdpEnds ends = UdpEnds.open()) {
                EspSender sender = ends.left().sender(0);
                EspPath path = ends.path(ip, ip, false);
                for (int segment : new int[] {1400, 1500, 1000, 1400}) {
                    Run run = Run.of(12 * segment + 60, segment, segment);
                    run.sendBy(sender, path, 0);
                    run.expectAt(ends.plane());
                }
                assertThat(sender.drops()).isZero();
                assertThat(path.mtu()).isEqualTo(EspPath.UNKNOWN_MTU);
                assertThat(log.lines()).isEmpty();
            }
        });
    }

    /** IKE shares the port with ESP that is never fragmented. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void ikeIsFragmentedOnBothPorts(String ip) throws Exception {
        NetworkNamespace.run(() -> {
            command("ip link set lo mtu 1280");
            CompletableFuture<Datagram> plain = new CompletableFuture<>();
            CompletableFuture<Datagram> nat = new CompletableFuture<>();
            try (EspSockets sockets = EspSockets.open(new EspSocketOptions(1, false, 0));
                    Plane plane = Plane.of(sockets, 1);
                    IkeTransport transport = sockets.openTransport(
                            FREE_PORTS, datagram -> (plain.isDone() ? nat : plain).complete(datagram))) {
                byte[] message = new byte[8000];
                Arrays.fill(message, (byte) 5);
                InetAddress here = InetAddress.ofLiteral(ip);
                InetSocketAddress plainPort = new InetSocketAddress(here, transport.port());
                InetSocketAddress natPort = new InetSocketAddress(here, transport.natPort());
                transport.send(new Datagram(plainPort, plainPort, message));
                assertThat(plain.get(10, TimeUnit.SECONDS).payload()).isEqualTo(message);
                transport.send(new Datagram(natPort, natPort, message));
                assertThat(nat.get(10, TimeUnit.SECONDS).payload()).isEqualTo(message);
                assertThat(plane.isEmpty()).isTrue();
            }
        });
    }

    @Test
    void worksWithoutPrivilegesOnHighPorts() throws Exception {
        NetworkNamespace.run(() -> {
            Capabilities.dropAll();
            try (LogCapture log = new LogCapture(LinuxUdpTransport.class);
                    EspSockets marked = EspSockets.open(new EspSocketOptions(1, false, MARK));
                    UdpEnds ends = UdpEnds.open()) {
                assertThatThrownBy(() -> ends.left().openTransport(new TransportConfig(500, 0), datagram -> {}))
                        .hasMessage(
                                "cannot open UDP port 500 (IPv4): ports below 1024 are privileged; run as root or give"
                                        + " CAP_NET_BIND_SERVICE");
                assertThatThrownBy(() -> marked.openTransport(FREE_PORTS, datagram -> {}))
                        .hasMessage(
                                "cannot mark IKE's and ESP's own packets with 0x1be: EPERM: operation not permitted;"
                                        + " run as root or give CAP_NET_ADMIN");
                Run run = Run.of(10 * 1400, 1400, 5);
                run.sendBy(ends.left().sender(0), ends.path("127.0.0.1", "127.0.0.1", true), 0);
                run.expectAt(ends.plane());
                assertThat(log.lines()).isEmpty();
            }
        });
    }

    @Test
    void worksWhereIpv6IsSwitchedOff() throws Exception {
        NetworkNamespace.run(() -> {
            command("sysctl -w net.ipv6.conf.all.disable_ipv6=1");
            try (UdpEnds ends = UdpEnds.open();
                    EspSockets raw = EspSockets.open(new EspSocketOptions(1, true, 0))) {
                assertThat(raw.rawReason()).isEmpty();
                Run run = Run.of(10 * 1400, 1400, 5);
                run.sendBy(ends.left().sender(0), ends.path("127.0.0.1", "127.0.0.1", true), 0);
                run.expectAt(ends.plane());
                run.sendBy(ends.left().sender(0), ends.path("::1", "::1", true), 0);
                assertThat(ends.left().sender(0).drops()).isEqualTo(10);
            }
        });
    }

    /** There is a way for marked packets only, as there is around a tunnel device. */
    @Test
    void allThatLeavesIsMarked() throws Exception {
        NetworkNamespace.run(() -> {
            command("ip addr add 192.0.2.1/32 dev lo");
            command("ip rule add fwmark " + MARK + " table 77");
            command("ip route add local 198.51.100.0/24 dev lo table 77 src 192.0.2.1");
            command("ip route add blackhole 198.51.100.0/24");
            InetAddress there = InetAddress.ofLiteral("198.51.100.1");
            try (EspSockets plain = EspSockets.open(new EspSocketOptions(1, true, 0));
                    IkeTransport transport = plain.openTransport(FREE_PORTS, datagram -> {})) {
                assertThatThrownBy(() -> transport.localAddressFor(there)).isInstanceOf(IOException.class);
            }
            BlockingQueue<Datagram> ike = new LinkedBlockingQueue<>();
            try (EspSockets marked = EspSockets.open(new EspSocketOptions(1, true, MARK));
                    Plane plane = Plane.of(marked, 1);
                    IkeTransport transport = marked.openTransport(FREE_PORTS, ike::add)) {
                InetAddress here = transport.localAddressFor(there);
                assertThat(here).isEqualTo(InetAddress.ofLiteral("192.0.2.1"));
                Encapsulation ports = new Encapsulation(transport.natPort(), transport.natPort());
                for (boolean dontFragment : new boolean[] {true, false}) {
                    Run run = Run.of(5000, 500, 4);
                    run.sendBy(marked.sender(0), new EspPath(here, there, Optional.of(ports), dontFragment), 0);
                    run.expectAt(plane);
                    run.sendBy(marked.sender(0), new EspPath(here, there, Optional.empty(), dontFragment), 0);
                    run.expectAt(plane);
                }
                for (int port : new int[] {transport.port(), transport.natPort()}) {
                    transport.send(new Datagram(
                            new InetSocketAddress(here, port), new InetSocketAddress(there, port), new byte[100]));
                    assertThat(ike.poll(10, TimeUnit.SECONDS)).isNotNull();
                }
            }
        });
    }
}
