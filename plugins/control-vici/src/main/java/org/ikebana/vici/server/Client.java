package org.ikebana.vici.server;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;
import org.ikebana.vici.command.Caller;
import org.ikebana.vici.wire.MalformedPacketException;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.Packet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: a thread that reads its packets, one that serves them in their order, and one that writes. Nobody but these
 * ever waits for it.
 */
final class Client implements Caller {
    private static final Logger LOG = LoggerFactory.getLogger("ikebana.control.vici");
    /** Requests that a client may send before the first is answered; more wait in its socket. */
    private static final int MOST_REQUESTS = 16;
    /** For a command's results: a client that takes none for so long is gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String name;
    private final SocketChannel channel;
    private final Service service;
    private final Consumer<Client> onEnd;
    private final Outgoing outgoing = new Outgoing();
    private final BlockingQueue<Packet> requests = new LinkedBlockingQueue<>(MOST_REQUESTS);
    private final Set<String> events = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final Thread reader;
    private final Thread worker;
    private final Thread writer;

    Client(String name, SocketChannel channel, Service service, Consumer<Client> onEnd) {
        this.name = name;
        this.channel = channel;
        this.service = service;
        this.onEnd = onEnd;
        this.reader = Thread.ofVirtual().name(name + " reader").unstarted(this::read);
        this.worker = Thread.ofVirtual().name(name + " worker").unstarted(this::serve);
        this.writer = Thread.ofVirtual().name(name + " writer").unstarted(this::write);
    }

    void start() {
        writer.start();
        worker.start();
        reader.start();
    }

    boolean wantsEvents() {
        return !events.isEmpty();
    }

    /** An event of the daemon's own accord, if it wants such. Does not wait: who has no room for it is cut off. */
    void tell(String event, byte[] packet) {
        if (events.contains(event) && !outgoing.offer(packet)) {
            cutOff("it does not read: " + Outgoing.LIMIT + " octets are waiting for it");
        }
    }

    @Override
    public Optional<UserPrincipal> peer() {
        try {
            return channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)
                    ? Optional.of(
                            channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user())
                    : Optional.empty();
        } catch (IOException e) {
            LOG.debug("{} has gone", name, e);
            return Optional.empty();
        }
    }

    @Override
    public void stream(String event, Message message) throws InterruptedException {
        if (events.contains(event)) {
            send(Packet.event(event, message));
        }
    }

    void register(String event) {
        events.add(event);
    }

    void unregister(String event) {
        events.remove(event);
    }

    void send(Packet packet) throws InterruptedException {
        if (!outgoing.offer(packet.encode(), PATIENCE)) {
            cutOff("it has not read its answer for " + PATIENCE.toSeconds() + " s");
            throw new InterruptedException("the client takes nothing any more");
        }
    }

    void close() {
        if (isClosed.compareAndSet(false, true)) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("closing {}", name, e);
            }
            reader.interrupt();
            worker.interrupt();
            writer.interrupt();
            onEnd.accept(this);
        }
    }

    private void cutOff(String reason) {
        if (!isClosed.get()) {
            LOG.warn("{} is cut off: {}", name, reason);
            close();
        }
    }

    private void read() {
        try {
            while (true) {
                byte[] octets = take(length());
                Packet packet = Packet.decode(octets);
                Arrays.fill(octets, (byte) 0); // there may have been a secret among them
                requests.put(packet);
            }
        } catch (MalformedPacketException e) {
            cutOff("it has sent " + e.getMessage());
        } catch (IOException | InterruptedException e) {
            LOG.trace("{} has gone", name, e);
            close();
        }
    }

    private int length() throws IOException, MalformedPacketException {
        long length =
                Integer.toUnsignedLong(ByteBuffer.wrap(take(Integer.BYTES)).getInt());
        if (length > Packet.MAX_LENGTH) {
            throw Packet.tooLong(length);
        }
        return (int) length;
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

    private void serve() {
        try {
            while (true) {
                service.serve(requests.take(), this);
            }
        } catch (InterruptedException e) {
            LOG.trace("{} is served no more", name);
        }
    }

    private void write() {
        try {
            while (true) {
                ByteBuffer out = ByteBuffer.wrap(outgoing.take());
                while (out.hasRemaining()) {
                    channel.write(out);
                }
            }
        } catch (IOException | InterruptedException e) {
            LOG.trace("{} gets no more", name, e);
            close();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
