package org.ikebana.kernel.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ikebana.kernel.linux.NetworkNamespace.addIpv6;
import static org.ikebana.kernel.linux.NetworkNamespace.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.TransportConfig;
import org.ikebana.kernel.linux.Capabilities;
import org.ikebana.kernel.linux.LogCapture;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What needs routes, policies or ports of its own. */
@Timeout(90)
class NamespaceTransportTest {
    private static final TransportConfig FREE_PORTS = new TransportConfig(0, 0);
    private static final byte[] MESSAGE = {11, 12, 13, 14, 15, 16, 17, 18};

    private final Inbox inbox = new Inbox();

    @Test
    void hasTheStandardPortsToItself() throws Exception {
        NetworkNamespace.run(() -> {
            try (LinuxUdpTransport transport = LinuxUdpTransport.open(TransportConfig.STANDARD, inbox)) {
                assertThat(transport.port()).isEqualTo(500);
                assertThat(transport.natPort()).isEqualTo(4500);
                assertLoops(transport, "127.0.0.1");
                assertLoops(transport, "::1");
                assertThatThrownBy(() -> LinuxUdpTransport.open(TransportConfig.STANDARD, inbox))
                        .hasMessageContaining("port 500 is in use; is another IKE daemon running?");
            }
        });
    }

    @Test
    void passesPoliciesThatBlockEverybodyElse() throws Exception {
        NetworkNamespace.run(() -> {
            for (String direction : new String[] {"in", "out"}) {
                command("ip xfrm policy add src 0.0.0.0/0 dst 0.0.0.0/0 dir " + direction + " action block");
                command("ip xfrm policy add src ::/0 dst ::/0 dir " + direction + " action block");
            }
            // IPv4 spares loopback unless told otherwise.
            command("sysctl -w net.ipv4.conf.lo.disable_policy=0 net.ipv4.conf.lo.disable_xfrm=0");
            try (LinuxUdpTransport transport = LinuxUdpTransport.open(FREE_PORTS, inbox);
                    Peer peer = new Peer("127.0.0.1");
                    Peer peer6 = new Peer("::1")) {
                assertThatThrownBy(() -> peer.send(address("127.0.0.1", transport.port()), MESSAGE))
                        .isInstanceOf(IOException.class);
                assertThatThrownBy(() -> peer6.send(address("::1", transport.port()), MESSAGE))
                        .isInstanceOf(IOException.class);
                assertLoops(transport, "127.0.0.1");
                assertLoops(transport, "::1");
            }
        });
    }

    @Test
    void looksRoutesUpWithoutRaisingAnAcquire() throws Exception {
        NetworkNamespace.run(() -> {
            link();
            command("ip addr add 10.0.0.1/24 dev here");
            command("ip addr add 10.0.1.1/24 dev here");
            command("ip route add 198.51.100.0/24 via 10.0.0.9 src 10.0.1.1");
            command(
                    "ip xfrm policy add src 0.0.0.0/0 dst 198.51.100.0/24 dir out tmpl proto esp mode transport reqid 7");
            try (LinuxUdpTransport transport = LinuxUdpTransport.open(FREE_PORTS, inbox)) {
                assertThat(transport.localAddressFor(InetAddress.getByName("10.0.0.7")))
                        .isEqualTo(InetAddress.getByName("10.0.0.1"));
                assertThat(transport.localAddressFor(InetAddress.getByName("198.51.100.7")))
                        .isEqualTo(InetAddress.getByName("10.0.1.1"));
                assertThat(command("ip xfrm state")).isEmpty();
            }
        });
    }

    @Test
    void namesTheLackOfARoute() throws Exception {
        NetworkNamespace.run(() -> {
            try (LinuxUdpTransport transport = LinuxUdpTransport.open(FREE_PORTS, inbox)) {
                InetSocketAddress nowhere = address("198.51.100.7", 500);
                assertThatThrownBy(() -> transport.localAddressFor(nowhere.getAddress()))
                        .hasMessage("cannot reach 198.51.100.7: ENETUNREACH: no route to the network");
                assertThatThrownBy(() ->
                                transport.send(new Datagram(address("127.0.0.1", transport.port()), nowhere, MESSAGE)))
                        .hasMessageContaining("to 198.51.100.7:500: ENETUNREACH: no route from 127.0.0.1");
            }
        });
    }

    @Test
    void answersFromTheIpv6AddressThatWasAsked() throws Exception {
        NetworkNamespace.run(() -> {
            addIpv6("fd00::1/128", "lo");
            addIpv6("fd00::2/128", "lo");
            try (LinuxUdpTransport transport = LinuxUdpTransport.open(FREE_PORTS, inbox);
                    Peer peer = new Peer("fd00::1")) {
                peer.send(address("fd00::2", transport.port()), MESSAGE);
                Datagram request = inbox.take();
                assertThat(request.local()).isEqualTo(address("fd00::2", transport.port()));
                transport.send(new Datagram(request.local(), request.remote(), MESSAGE));
                assertThat(peer.receive().from()).isEqualTo(address("fd00::2", transport.port()));
            }
        });
    }

    @Test
    void speaksOverLinkLocalAddresses() throws Exception {
        NetworkNamespace.run(() -> {
            link();
            addIpv6("fe80::1/64", "here");
            try (LinuxUdpTransport transport = LinuxUdpTransport.open(FREE_PORTS, inbox);
                    Peer peer = new Peer("fe80::1%77")) {
                peer.send(address("fe80::1%77", transport.port()), MESSAGE);
                Datagram request = inbox.take();
                transport.send(new Datagram(request.local(), request.remote(), MESSAGE));
                assertThat(peer.receive().octets()).isEqualTo(MESSAGE);
                assertThat(transport.localAddressFor(InetAddress.getByName("fe80::1%77")))
                        .isEqualTo(InetAddress.getByName("fe80::1%77"));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void fragmentsWhatThePathDoesNotTake(String ip) throws Exception {
        NetworkNamespace.run(() -> {
            command("ip link set lo mtu 1280");
            try (LinuxUdpTransport transport = LinuxUdpTransport.open(FREE_PORTS, inbox)) {
                InetSocketAddress local = address(ip, transport.port());
                transport.send(new Datagram(local, local, new byte[8000]));
                assertThat(inbox.take().payload()).hasSize(8000);
            }
        });
    }

    @Test
    void worksWhereIpv6IsSwitchedOff() throws Exception {
        NetworkNamespace.run(() -> {
            command("sysctl -w net.ipv6.conf.all.disable_ipv6=1");
            try (LinuxUdpTransport transport = LinuxUdpTransport.open(FREE_PORTS, inbox)) {
                assertLoops(transport, "127.0.0.1");
                assertThatThrownBy(() -> transport.localAddressFor(InetAddress.getByName("2001:db8::1")))
                        .hasMessageStartingWith("cannot reach 2001:db8:0:0:0:0:0:1: ");
            }
        });
    }

    @Test
    void worksWithoutPrivilegesOnHighPorts() throws Exception {
        NetworkNamespace.run(() -> {
            Capabilities.dropAll();
            assertThatThrownBy(() -> LinuxUdpTransport.open(TransportConfig.STANDARD, inbox))
                    .hasMessage("cannot open UDP port 500 (IPv4): ports below 1024 are privileged; run as root or give"
                            + " CAP_NET_BIND_SERVICE");
            try (LogCapture log = new LogCapture(LinuxUdpTransport.class);
                    LinuxUdpTransport transport = LinuxUdpTransport.open(FREE_PORTS, inbox)) {
                assertThat(log.lines())
                        .singleElement()
                        .asString()
                        .startsWith("WARN cannot exempt IKE from IPsec policies: EPERM: operation not permitted;"
                                + " run as root or give CAP_NET_ADMIN");
                assertLoops(transport, "127.0.0.1");
                assertThat(transport.localAddressFor(InetAddress.getByName("127.0.0.1")))
                        .isEqualTo(InetAddress.getByName("127.0.0.1"));
            }
        });
    }

    private void assertLoops(LinuxUdpTransport transport, String ip) throws Exception {
        for (int port : new int[] {transport.port(), transport.natPort()}) {
            InetSocketAddress local = address(ip, port);
            transport.send(new Datagram(local, local, MESSAGE));
            assertThat(inbox.take().payload()).isEqualTo(MESSAGE);
        }
    }

    /** Interface 77 is up, with the other end of its cable in the same namespace. */
    private static void link() throws IOException, InterruptedException {
        command("ip link add here index 77 type veth peer name there");
        command("ip link set here up");
        command("ip link set there up");
    }

    private static InetSocketAddress address(String ip, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(ip), port);
    }
}
