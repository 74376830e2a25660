package org.ikebana.kernel.udp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;

/** The other end: the platform's own UDP, which knows nothing of markers. */
final class Peer implements AutoCloseable {
    private static final int PATIENCE_MILLISECONDS = 10_000;

    private final DatagramSocket socket;

    Peer(String address) throws IOException {
        this(new InetSocketAddress(InetAddress.getByName(address), 0));
    }

    Peer(InetSocketAddress address) throws IOException {
        socket = new DatagramSocket(address);
        socket.setSoTimeout(PATIENCE_MILLISECONDS);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    void send(InetSocketAddress to, byte... octets) throws IOException {
        socket.send(new DatagramPacket(octets, octets.length, to));
    }

    Received receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65536], 65536);
        socket.receive(packet);
        return new Received(
                (InetSocketAddress) packet.getSocketAddress(), Arrays.copyOf(packet.getData(), packet.getLength()));
    }

    @Override
    public void close() {
        socket.close();
    }

    /** What came and where from. */
    record Received(InetSocketAddress from, byte[] octets) {}
}
