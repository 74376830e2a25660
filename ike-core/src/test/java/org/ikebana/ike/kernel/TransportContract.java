package org.ikebana.ike.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ikebana.ike.wire.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The IKE sockets, on the loopback interface, against a plain UDP socket. */
public interface TransportContract extends KernelContract {
    /** As an IKE header has it: the initiator's SPI is never zero (RFC 7296 3.1). */
    Octets MESSAGE = Octets.ofHex("0908070605040302000000000000000021202208");

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    default void aMessageComesAndGoesOnThePlainPort(String address) throws Exception {
        InetAddress here = InetAddress.ofLiteral(address);
        Received received = new Received();
        try (IkeTransport transport = open(received);
                UdpPeer peer = new UdpPeer(here)) {
            InetSocketAddress local = new InetSocketAddress(here, transport.port());

            peer.send(local, MESSAGE.toByteArray());
            received.expect(new Datagram(local, peer.address(), MESSAGE.toByteArray()));
            transport.send(new Datagram(local, peer.address(), MESSAGE.toByteArray()));

            peer.expect(local, MESSAGE.toByteArray());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    default void theMarkerIsInvisibleOnTheNatPort(String address) throws Exception {
        InetAddress here = InetAddress.ofLiteral(address);
        Received received = new Received();
        try (IkeTransport transport = open(received);
                UdpPeer peer = new UdpPeer(here)) {
            InetSocketAddress local = new InetSocketAddress(here, transport.natPort());

            peer.send(local, UdpPeer.marked(MESSAGE.toByteArray()));
            received.expect(new Datagram(local, peer.address(), MESSAGE.toByteArray()));
            transport.send(new Datagram(local, peer.address(), MESSAGE.toByteArray()));

            peer.expect(local, UdpPeer.marked(MESSAGE.toByteArray()));
        }
    }

    /** ESP starts with an SPI that is not zero; keepalives are one octet (RFC 3948 2.2, 2.3). */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    default void whatIsNotIkeIsDroppedOnTheNatPort(String address) throws Exception {
        InetAddress here = InetAddress.ofLiteral(address);
        Received received = new Received();
        try (IkeTransport transport = open(received);
                UdpPeer peer = new UdpPeer(here)) {
            InetSocketAddress local = new InetSocketAddress(here, transport.natPort());

            peer.send(local, new byte[] {(byte) 0xff});
            peer.send(local, MESSAGE.toByteArray());
            peer.send(local, new byte[] {0, 0, 0});
            peer.send(local, new byte[0]);
            peer.send(local, UdpPeer.marked(MESSAGE.toByteArray()));

            received.expect(new Datagram(local, peer.address(), MESSAGE.toByteArray()));
            assertThat(received.queue).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    default void aKeepaliveIsOneOctet(String address) throws Exception {
        InetAddress here = InetAddress.ofLiteral(address);
        try (IkeTransport transport = open(new Received());
                UdpPeer peer = new UdpPeer(here)) {
            InetSocketAddress local = new InetSocketAddress(here, transport.natPort());

            transport.sendNatKeepalive(local, peer.address());

            peer.expect(local, new byte[] {(byte) 0xff});
        }
    }

    @Test
    default void theReplyLeavesFromTheAddressThatWasAsked() throws Exception {
        InetAddress second = InetAddress.ofLiteral("127.0.0.2");
        Received received = new Received();
        try (IkeTransport transport = open(received);
                UdpPeer peer = new UdpPeer(InetAddress.ofLiteral("127.0.0.1"))) {
            InetSocketAddress local = new InetSocketAddress(second, transport.port());

            peer.send(local, MESSAGE.toByteArray());
            received.expect(new Datagram(local, peer.address(), MESSAGE.toByteArray()));
            transport.send(new Datagram(local, peer.address(), MESSAGE.toByteArray()));

            peer.expect(local, MESSAGE.toByteArray());
        }
    }

    @Test
    default void largeMessagesComeWhole() throws Exception {
        InetAddress here = InetAddress.ofLiteral("127.0.0.1");
        byte[] large = new byte[60_000];
        Arrays.fill(large, (byte) 7);
        Received received = new Received();
        try (IkeTransport transport = open(received);
                UdpPeer peer = new UdpPeer(here)) {
            InetSocketAddress local = new InetSocketAddress(here, transport.natPort());

            peer.send(local, UdpPeer.marked(large));

            received.expect(new Datagram(local, peer.address(), large));
        }
    }

    @Test
    default void freePortsAreTakenAndTold() throws Exception {
        try (IkeTransport transport = open(new Received())) {
            assertThat(transport.port()).isBetween(1, 65535).isNotEqualTo(transport.natPort());
            assertThat(transport.natPort()).isBetween(1, 65535);
        }
    }

    @Test
    default void closedPortsAreFree() throws Exception {
        IkeTransport first = open(new Received());
        TransportConfig same = new TransportConfig(first.port(), first.natPort());
        first.close();
        first.close();

        try (IkeTransport second = backend().openTransport(same, new Received())) {
            assertThat(second.port()).isEqualTo(same.port());
            assertThat(second.natPort()).isEqualTo(same.natPort());
        }
    }

    @Test
    default void aClosedTransportIsSilent() throws Exception {
        InetAddress here = InetAddress.ofLiteral("127.0.0.1");
        Received received = new Received();
        try (UdpPeer peer = new UdpPeer(here)) {
            IkeTransport transport = open(received);
            InetSocketAddress local = new InetSocketAddress(here, transport.port());
            transport.close();

            peer.send(local, MESSAGE.toByteArray());

            assertThatIOException()
                    .isThrownBy(() -> transport.send(new Datagram(local, peer.address(), MESSAGE.toByteArray())));
        }
        assertThat(received.queue).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    default void theLocalAddressTowardsARemote(String address) throws Exception {
        InetAddress here = InetAddress.ofLiteral(address);
        try (IkeTransport transport = open(new Received())) {
            assertThat(transport.localAddressFor(here)).isEqualTo(here);
        }
    }

    /** What lets IKE itself past the policies is the sockets' own and no policy of ours. */
    @Test
    default void theSocketsPoliciesAreNotInTheSnapshot() throws Exception {
        try (IkeTransport transport = open(new Received())) {
            assertThat(transport.port()).isPositive();
            assertThat(policies()).isEmpty();
        }
    }

    private IkeTransport open(Received received) throws Exception {
        return backend().openTransport(new TransportConfig(0, 0), received);
    }

    /** Takes what the transport receives. */
    final class Received implements DatagramReceiver {
        final LinkedBlockingQueue<Datagram> queue = new LinkedBlockingQueue<>();

        @Override
        public void onDatagram(Datagram datagram) {
            queue.add(datagram);
        }

        void expect(Datagram expected) throws InterruptedException {
            Datagram datagram = queue.poll(10, TimeUnit.SECONDS);
            assertThat(datagram).as("a datagram within 10 seconds").isNotNull();
            assertThat(datagram.local()).isEqualTo(expected.local());
            assertThat(datagram.remote()).isEqualTo(expected.remote());
            assertThat(datagram.payload()).isEqualTo(expected.payload());
        }
    }
}
