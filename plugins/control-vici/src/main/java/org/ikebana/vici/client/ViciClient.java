package org.ikebana.vici.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import org.ikebana.vici.wire.MalformedPacketException;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.Packet;
import org.ikebana.vici.wire.PacketType;

/** A connection to a daemon that serves vici. Waits for each answer; for one thread. */
public final class ViciClient implements AutoCloseable {
    private static final int LENGTH_FIELD = 4;
    private static final int RECEIVED = 64 * 1024;

    private final SocketChannel channel;
    /** What has come of the packets that follow, so that each does not cost two system calls. */
    private final ByteBuffer received = ByteBuffer.allocate(RECEIVED).flip();

    private ViciClient(SocketChannel channel) {
        this.channel = channel;
    }

    /** @throws ViciException when nobody answers there, or we may not */
    public static ViciClient connect(Path socket) throws IOException {
        try {
            return new ViciClient(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        } catch (IOException e) {
            throw new ViciException(advice(socket), e);
        }
    }

    /** The answer to a command. */
    public Message request(String command, Message message) throws IOException {
        return request(command, message, event -> {});
    }

    /**
     * The answer to a command that tells its results in events.
     *
     * @param event of its results
     */
    public Message stream(String command, Message message, String event, Consumer<Message> results) throws IOException {
        return stream(command, message, Set.of(event), result -> results.accept(result.message()));
    }

    /** The same where there are events of several kinds. */
    public Message stream(String command, Message message, Set<String> events, Consumer<Packet> results)
            throws IOException {
        for (String event : events) {
            register(event);
        }
        Message answer = request(command, message, results);
        for (String event : events) {
            send(new Packet(PacketType.EVENT_UNREGISTER, event, Message.EMPTY));
            confirm(event);
        }
        return answer;
    }

    /** Hears of these events until the daemon ends or the thread is interrupted. */
    public void listen(Set<String> events, Consumer<Packet> listener) throws IOException {
        for (String event : events) {
            register(event);
        }
        while (!Thread.currentThread().isInterrupted()) {
            Packet packet = receive();
            if (packet.type() == PacketType.EVENT) {
                listener.accept(packet);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private Message request(String command, Message message, Consumer<Packet> results) throws IOException {
        send(new Packet(PacketType.CMD_REQUEST, command, message));
        while (true) {
            Packet packet = receive();
            switch (packet.type()) {
                case CMD_RESPONSE -> {
                    return packet.message();
                }
                case CMD_UNKNOWN ->
                    throw new ViciException("the daemon knows no command " + command + "; it is of another version");
                case EVENT -> results.accept(packet);
                default -> throw new ViciException("the daemon has answered a command with " + packet.type());
            }
        }
    }

    private void register(String event) throws IOException {
        send(new Packet(PacketType.EVENT_REGISTER, event, Message.EMPTY));
        confirm(event);
    }

    /** Events of others may come before. */
    private void confirm(String event) throws IOException {
        Packet packet = receive();
        while (packet.type() == PacketType.EVENT) {
            packet = receive();
        }
        if (packet.type() != PacketType.EVENT_CONFIRM) {
            throw new ViciException("the daemon knows no event " + event + "; it is of another version");
        }
    }

    private void send(Packet packet) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(packet.encode());
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    private Packet receive() throws IOException {
        int length = ByteBuffer.wrap(read(LENGTH_FIELD)).getInt();
        if (length < 0 || length > Packet.MAX_LENGTH) {
            throw new ViciException("no daemon answers there, but something that does not speak vici");
        }
        try {
            return Packet.decode(read(length));
        } catch (MalformedPacketException e) {
            throw new ViciException("what answers there does not speak vici: " + e.getMessage(), e);
        }
    }

    private byte[] read(int length) throws IOException {
        byte[] octets = new byte[length];
        for (int done = 0; done < length; ) {
            if (!received.hasRemaining()) {
                receiveMore();
            }
            int part = Math.min(length - done, received.remaining());
            received.get(octets, done, part);
            done += part;
        }
        return octets;
    }

    private void receiveMore() throws IOException {
        int count = channel.read(received.clear());
        received.flip();
        if (count < 0) {
            throw new EOFException("the daemon has closed the connection");
        }
    }

    private static String advice(Path socket) {
        if (!Files.exists(socket)) {
            return "no daemon serves " + socket + ": start one with 'ikebana daemon', or name its socket with --socket";
        }
        return Files.isWritable(socket)
                ? "nobody answers at " + socket + ": the daemon has gone; start it with 'ikebana daemon'"
                : "you may not connect to " + socket + ": be root, or in its group";
    }
}
