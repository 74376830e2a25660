package org.ikebana.vici.server;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.ikebana.vici.wire.MalformedPacketException;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.Packet;
import org.ikebana.vici.wire.PacketType;

/** A client that does what a test wants. */
public final class TestClient implements AutoCloseable {
    private final SocketChannel channel;

    public TestClient(SocketAddress server) throws IOException {
        channel = SocketChannel.open(server);
    }

    public void send(PacketType type, String name, Message message) throws IOException {
        send(new Packet(type, name, message).encode());
    }

    void send(byte[] octets) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(octets);
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    public Packet receive() throws IOException, MalformedPacketException {
        return Packet.decode(take(ByteBuffer.wrap(take(Integer.BYTES)).getInt()));
    }

    /** The server has ended the connection; what it had said before is passed over. */
    boolean isEnded() {
        try {
            while (true) {
                take(1);
            }
        } catch (IOException e) {
            return true;
        }
    }

    public Packet ask(String command, Message message) throws IOException, MalformedPacketException {
        send(PacketType.CMD_REQUEST, command, message);
        return receive();
    }

    public Packet register(String event) throws IOException, MalformedPacketException {
        send(PacketType.EVENT_REGISTER, event, Message.EMPTY);
        return receive();
    }

    private byte[] take(int length) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(length);
        while (in.hasRemaining()) {
            if (channel.read(in) < 0) {
                throw new EOFException();
            }
        }
        return in.array();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
