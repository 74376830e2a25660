package org.ikebana.kernel.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.TransportConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, on the loopback interface. */
@Timeout(60)
class LinuxUdpTransportTest {
    private static final byte[] MESSAGE = {11, 12, 13, 14, 15, 16, 17, 18};
    private static final byte[] MARKED = {0, 0, 0, 0, 11, 12, 13, 14, 15, 16, 17, 18};

    private final Inbox inbox = new Inbox();
    private LinuxUdpTransport transport;

    @BeforeEach
    void open() throws IOException {
        transport = LinuxUdpTransport.open(new TransportConfig(0, 0), inbox);
    }

    @AfterEach
    void close() {
        transport.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void carriesMessagesBothWaysOnBothPorts(String ip) throws Exception {
        Inbox otherInbox = new Inbox();
        try (LinuxUdpTransport other = LinuxUdpTransport.open(new TransportConfig(0, 0), otherInbox)) {
            exchange(address(ip, transport.port()), address(ip, other.port()), other, otherInbox);
            exchange(address(ip, transport.natPort()), address(ip, other.natPort()), other, otherInbox);
        }
    }

    private void exchange(InetSocketAddress here, InetSocketAddress there, LinuxUdpTransport other, Inbox otherInbox)
            throws Exception {
        byte[] request = octets(300);
        transport.send(new Datagram(here, there, request));
        Datagram received = otherInbox.take();
        assertThat(received.remote()).isEqualTo(here);
        assertThat(received.local()).isEqualTo(there);
        assertThat(received.payload()).isEqualTo(request);

        byte[] reply = octets(1400);
        other.send(new Datagram(received.local(), received.remote(), reply));
        assertThat(inbox.take().payload()).isEqualTo(reply);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "127.9.8.7"})
    void answersFromTheAddressThatWasAsked(String asked) throws Exception {
        try (Peer peer = new Peer("127.0.0.1")) {
            for (int port : new int[] {transport.port(), transport.natPort()}) {
                peer.send(address(asked, port), MARKED);
                Datagram request = inbox.take();
                assertThat(request.local()).isEqualTo(address(asked, port));
                assertThat(request.remote()).isEqualTo(peer.address());

                transport.send(new Datagram(request.local(), request.remote(), MESSAGE));
                assertThat(peer.receive().from()).isEqualTo(address(asked, port));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void marksMessagesOnTheNatPortOnly(String ip) throws Exception {
        try (Peer peer = new Peer(ip)) {
            transport.send(new Datagram(address(ip, transport.port()), peer.address(), MESSAGE));
            assertThat(peer.receive().octets()).isEqualTo(MESSAGE);
            transport.send(new Datagram(address(ip, transport.natPort()), peer.address(), MESSAGE));
            assertThat(peer.receive().octets()).isEqualTo(MARKED);

            peer.send(address(ip, transport.port()), MARKED);
            assertThat(inbox.take().payload()).isEqualTo(MARKED);
            peer.send(address(ip, transport.natPort()), MARKED);
            assertThat(inbox.take().payload()).isEqualTo(MESSAGE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void sendsKeepalivesAndDropsThem(String ip) throws Exception {
        try (Peer peer = new Peer(ip)) {
            transport.sendNatKeepalive(address(ip, transport.natPort()), peer.address());
            assertThat(peer.receive().octets()).containsExactly(0xff);

            peer.send(address(ip, transport.natPort()), (byte) 0xff);
            peer.send(address(ip, transport.natPort()), MARKED);
            assertThat(inbox.take().payload()).isEqualTo(MESSAGE);
            peer.send(address(ip, transport.port()), (byte) 0xff);
            peer.send(address(ip, transport.port()), MESSAGE);
            assertThat(inbox.take().payload()).isEqualTo(MESSAGE);
            inbox.takeUntil(
                    () -> transport.statistics().keepalives() >= 1,
                    () -> peer.send(address(ip, transport.port()), MESSAGE));
            assertThat(transport.statistics().keepalives())
                    .as("the kernel takes the one on the NAT port away, if it knows ESP in UDP")
                    .isBetween(1L, 2L);
        }
    }

    /** A control message of IPv6 is longer: the room that an IPv4 one left in the same buffer would not do. */
    @Test
    void takesTurnsBetweenTheFamilies() throws Exception {
        try (Peer peer4 = new Peer("127.0.0.1");
                Peer peer6 = new Peer("::1")) {
            for (int i = 0; i < 50; i++) {
                peer4.send(address("127.0.0.1", transport.port()), MESSAGE);
                assertThat(inbox.take().remote()).isEqualTo(peer4.address());
                peer6.send(address("::1", transport.port()), MESSAGE);
                assertThat(inbox.take().remote()).isEqualTo(peer6.address());
            }
        }
    }

    @Test
    void dropsWhatHasNoMarkerOnTheNatPort() throws Exception {
        try (Peer peer = new Peer("127.0.0.1")) {
            InetSocketAddress natPort = address("127.0.0.1", transport.natPort());
            peer.send(natPort, (byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5);
            peer.send(natPort, (byte) 0, (byte) 0, (byte) 0);
            peer.send(natPort);
            peer.send(natPort, MARKED);

            assertThat(inbox.take().payload()).isEqualTo(MESSAGE);
            inbox.takeUntil(() -> transport.statistics().esp() >= 3, () -> peer.send(natPort, MARKED));
            assertThat(transport.statistics().esp()).isEqualTo(3);
        }
    }

    @Test
    void dropsWhatWasSentToABroadcastAddress() throws Exception {
        try (Peer peer = new Peer("127.0.0.1")) {
            peer.send(address("127.255.255.255", transport.port()), MESSAGE);
            peer.send(address("127.0.0.1", transport.port()), MARKED);
            assertThat(inbox.take().payload()).isEqualTo(MARKED);

            inbox.takeUntil(
                    () -> transport.statistics().notUnicast() >= 1,
                    () -> peer.send(address("127.0.0.1", transport.port()), MARKED));
            assertThat(transport.statistics().notUnicast()).isEqualTo(1);
        }
    }

    @Test
    void handsOnEmptyDatagramsOfThePlainPort() throws Exception {
        try (Peer peer = new Peer("127.0.0.1")) {
            peer.send(address("127.0.0.1", transport.port()));
            assertThat(inbox.take().payload()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {65_507, 65_507 - 4})
    void carriesTheLongestDatagramOfIp(int length) throws Exception {
        boolean marked = length < 65_507;
        InetSocketAddress local = address("127.0.0.1", marked ? transport.natPort() : transport.port());
        byte[] longest = octets(length);
        transport.send(new Datagram(local, local, longest));
        assertThat(inbox.take().payload()).isEqualTo(longest);

        for (int tooLong : new int[] {length + 1, 100_000}) {
            assertThatThrownBy(() -> transport.send(new Datagram(local, local, new byte[tooLong])))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("EMSGSIZE: message too long")
                    .hasMessageContaining("127.0.0.1:" + local.getPort());
        }
    }

    @Test
    void refusesWhatItCannotSend() throws Exception {
        InetSocketAddress remote = address("127.0.0.1", 9);
        assertRefused(
                address("127.0.0.1", 9), remote, "cannot send from 127.0.0.1:9: IKE has the ports " + transport.port());
        assertRefused(address("::1", transport.port()), remote, "one is IPv4, the other IPv6");
        assertRefused(
                address("192.0.2.1", transport.port()), remote, "from 192.0.2.1, or that is no longer an address of");
        assertThat(transport.statistics().sent()).isZero();
    }

    private void assertRefused(InetSocketAddress local, InetSocketAddress remote, String words) {
        assertThatThrownBy(() -> transport.send(new Datagram(local, remote, MESSAGE)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(words);
    }

    @Test
    void livesOnWhenNobodyListensAtTheOtherEnd() throws Exception {
        InetSocketAddress local = address("127.0.0.1", transport.port());
        InetSocketAddress nobody;
        try (Peer gone = new Peer("127.0.0.1")) {
            nobody = gone.address();
        }
        for (int i = 0; i < 20; i++) {
            transport.send(new Datagram(local, nobody, MESSAGE));
        }
        transport.send(new Datagram(local, local, MESSAGE));
        assertThat(inbox.take().payload()).isEqualTo(MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void findsTheLocalAddress(String ip) throws Exception {
        assertThat(transport.localAddressFor(InetAddress.getByName(ip))).isEqualTo(InetAddress.getByName(ip));
    }

    private static InetSocketAddress address(String ip, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(ip), port);
    }

    private static byte[] octets(int length) {
        byte[] octets = new byte[length];
        new Random(length).nextBytes(octets);
        return octets;
    }
}
