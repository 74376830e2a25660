package org.ikebana.ike.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;

/** A plain UDP socket: it sees what is on the wire. */
final class UdpPeer implements AutoCloseable {
    private final DatagramSocket socket;

    UdpPeer(InetAddress address) throws IOException {
        socket = new DatagramSocket(0, address);
        socket.setSoTimeout(10_000);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    void send(InetSocketAddress to, byte[] octets) throws IOException {
        socket.send(new DatagramPacket(octets, octets.length, to));
    }

    /** The next datagram, waited for with a bound. */
    void expect(InetSocketAddress from, byte[] octets) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        socket.receive(packet);
        assertThat(packet.getSocketAddress()).isEqualTo(from);
        assertThat(Arrays.copyOf(packet.getData(), packet.getLength())).isEqualTo(octets);
    }

    /** With the non-ESP marker in front (RFC 3948 2.2). */
    static byte[] marked(byte[] message) {
        byte[] marked = new byte[4 + message.length];
        System.arraycopy(message, 0, marked, 4, message.length);
        return marked;
    }

    @Override
    public void close() {
        socket.close();
    }
}
