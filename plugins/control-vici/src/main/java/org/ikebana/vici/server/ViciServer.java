package org.ikebana.vici.server;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ikebana.vici.command.Commands;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.Packet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes clients at its sockets, and has them served. */
public final class ViciServer implements AutoCloseable {
    /** At a time. */
    static final int MOST_CLIENTS = 256;

    private static final Logger LOG = LoggerFactory.getLogger("ikebana.control.vici");

    private final Service service;
    private final List<ListeningSocket> sockets = new ArrayList<>();
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean isClosed;

    /** @param events that come of the daemon's own accord, by {@link #tell} */
    public ViciServer(Commands commands, Set<String> events) {
        this.service = new Service(commands, events);
    }

    /** Takes clients at this socket, too, which is the server's to close. */
    public void listen(ListeningSocket socket) {
        sockets.add(socket);
        Thread.ofVirtual().name("vici at " + socket).start(() -> accept(socket));
    }

    /** Whether any client has registered for events. */
    public boolean isHeard() {
        return !clients.isEmpty() && clients.stream().anyMatch(Client::wantsEvents);
    }

    /** An event for all clients that have registered for it. Does not wait for any. */
    public void tell(String event, Message message) {
        if (!clients.isEmpty()) {
            byte[] packet = Packet.event(event, message).encode();
            clients.forEach(client -> client.tell(event, packet));
        }
    }

    /** Lets all clients go that wait for events: they have missed some. */
    public void disconnect() {
        clients.forEach(Client::close);
    }

    @Override
    public void close() {
        isClosed = true;
        sockets.forEach(ListeningSocket::close);
        disconnect();
    }

    private void accept(ListeningSocket socket) {
        try {
            while (!isClosed) {
                acceptOne(socket);
            }
        } catch (ClosedChannelException e) {
            LOG.trace("{} is closed", socket);
        } catch (InterruptedException e) {
            LOG.trace("{} takes nobody any more", socket);
        }
    }

    /** What stands in the way, such as too many open files, may pass. */
    private void acceptOne(ListeningSocket socket) throws ClosedChannelException, InterruptedException {
        try {
            take(socket, socket.channel().accept());
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            LOG.warn("no client can be taken at {}: {}", socket, e.getMessage());
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private void take(ListeningSocket socket, SocketChannel channel) throws IOException {
        String name = "vici client " + count.incrementAndGet() + " at " + socket;
        if (clients.size() >= MOST_CLIENTS) {
            LOG.warn("{} is refused: there are {} others", name, MOST_CLIENTS);
            channel.close();
            return;
        }
        Client client = new Client(name, channel, service, clients::remove);
        clients.add(client);
        client.start();
        if (isClosed) {
            client.close();
        }
    }
}
