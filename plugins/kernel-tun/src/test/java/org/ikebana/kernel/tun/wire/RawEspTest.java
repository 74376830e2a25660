package org.ikebana.kernel.tun.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.kernel.linux.NetworkNamespace.addIpv6;
import static org.ikebana.kernel.linux.NetworkNamespace.command;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.ikebana.kernel.linux.Capabilities;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.LibC;
import org.ikebana.kernel.linux.NativeMemory;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.ikebana.kernel.linux.Sockaddr;
import org.ikebana.kernel.linux.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Raw ESP over a loopback interface; needs root. */
@Timeout(60)
class RawEspTest {
    private static final int IPPROTO_ESP = 50;
    private static final int IPPROTO_IP = 0;
    private static final int IP_OPTIONS = 4;
    private static final int AF41_CE = 34 << 2 | 3;

    @Test
    void packetsArriveAsTheyWereSent() throws Exception {
        NetworkNamespace.run(() -> {
            addIpv6("fd00::5/128", "lo");
            try (EspSockets sockets = open();
                    Plane plane = Plane.of(sockets, 1)) {
                assertThat(sockets.rawReason()).isEmpty();
                for (boolean dontFragment : new boolean[] {true, false}) {
                    exchange(sockets, plane, path("127.0.0.5", "127.0.0.1", dontFragment));
                    exchange(sockets, plane, path("fd00::5", "::1", dontFragment));
                }
                assertThat(sockets.sender(0).drops()).isZero();
            }
        });
    }

    private static void exchange(EspSockets sockets, Plane plane, EspPath path) throws InterruptedException {
        Run run = Run.of(63 * 1000 + 40, 1000, 9);
        run.sendBy(sockets.sender(0), path, AF41_CE);
        for (int i = 0; i < run.packets(); i++) {
            assertThat(plane.take())
                    .usingRecursiveComparison()
                    .isEqualTo(new Plane.Packet(run.packet(i), false, AF41_CE, path.source(), 0, path.destination()));
        }
    }

    @Test
    void aPathTeachesItsMtuOrFragments() throws Exception {
        NetworkNamespace.run(() -> {
            command("ip link set lo mtu 1300");
            try (EspSockets sockets = open();
                    Plane plane = Plane.of(sockets, 1)) {
                for (String ip : new String[] {"127.0.0.1", "::1"}) {
                    Run run = Run.of(3000, 1400, 3);
                    EspPath whole = path(ip, ip, true);
                    long drops = sockets.sender(0).drops();
                    run.sendBy(sockets.sender(0), whole, 0);
                    assertThat(whole.mtu()).isEqualTo(1300);
                    assertThat(sockets.sender(0).drops()).isEqualTo(drops + 2);
                    assertThat(plane.take().octets())
                            .as("the last packet is short enough")
                            .hasSize(200);

                    EspPath fragmenting = path(ip, ip, false);
                    run.sendBy(sockets.sender(0), fragmenting, 0);
                    run.expectAt(plane);
                    assertThat(fragmenting.mtu()).isEqualTo(EspPath.UNKNOWN_MTU);
                }
            }
        });
    }

    /** The kernel hands over the IPv4 header with all its options. */
    @Test
    void optionsOfTheIpHeaderAreLeftOut() throws Exception {
        NetworkNamespace.run(() -> {
            try (EspSockets sockets = open();
                    Plane plane = Plane.of(sockets, 1);
                    FileDescriptor peer = FileDescriptor.socket(Socket.AF_INET, Socket.SOCK_RAW, IPPROTO_ESP)) {
                ByteBuffer options = NativeMemory.allocate(8).putLong(0, 0x0101_0101_0101_0101L);
                Socket.setOption(peer, IPPROTO_IP, IP_OPTIONS, options, "fill the header with no-operations");
                Run run = Run.of(100, 100, 8);
                ByteBuffer to = Sockaddr.of(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
                assertThat(LibC.sendto(peer.number(), run.memory(), run.length(), 0, to, to.capacity()))
                        .isEqualTo(run.length());
                run.expectAt(plane);
            }
        });
    }

    @Test
    void withoutPrivilegesTheReasonIsTold() throws Exception {
        NetworkNamespace.run(() -> {
            Capabilities.dropAll();
            try (EspSockets sockets = open()) {
                assertThat(sockets.rawReason())
                        .hasValue("cannot open a raw socket for ESP: run as root or give CAP_NET_RAW");
            }
        });
        try (EspSockets sockets = EspSockets.open(new EspSocketOptions(1, false, 0))) {
            assertThat(sockets.rawReason()).hasValue("raw ESP is not asked for");
        }
    }

    private static EspSockets open() throws Exception {
        return EspSockets.open(new EspSocketOptions(1, true, 0));
    }

    private static EspPath path(String source, String destination, boolean dontFragment) {
        return new EspPath(
                InetAddress.ofLiteral(source), InetAddress.ofLiteral(destination), Optional.empty(), dontFragment);
    }
}
