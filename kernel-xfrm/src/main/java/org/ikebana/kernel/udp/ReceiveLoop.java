package org.ikebana.kernel.udp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.DatagramReceiver;
import org.ikebana.kernel.linux.AddressCache;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.EventFd;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.MessageBatch;
import org.ikebana.kernel.linux.PacketInfo;
import org.ikebana.kernel.linux.Poll;
import org.ikebana.kernel.linux.SocketMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the transport's thread does: waits on all sockets, takes what is there in batches, hands IKE messages on and
 * counts the rest. It allocates the payload and the {@link Datagram}, nothing else.
 */
final class ReceiveLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiveLoop.class);

    private static final int BATCH = 16;
    private static final int BATCHES = 8;
    private static final int NAT_KEEPALIVE = 0xff;

    private final List<UdpSocket> sockets;
    private final EventFd wakeup;
    private final Counters counters;
    private final DatagramReceiver receiver;
    private final MessageBatch batch;
    private final AddressCache addresses = new AddressCache();
    private volatile boolean stopped;

    ReceiveLoop(List<UdpSocket> sockets, EventFd wakeup, Counters counters, DatagramReceiver receiver) {
        this(sockets, wakeup, counters, receiver, UdpSocket.MAX_DATAGRAM);
    }

    ReceiveLoop(
            List<UdpSocket> sockets, EventFd wakeup, Counters counters, DatagramReceiver receiver, int maxDatagram) {
        this.sockets = sockets;
        this.wakeup = wakeup;
        this.counters = counters;
        this.receiver = receiver;
        this.batch = new MessageBatch(BATCH, maxDatagram);
    }

    /** Nothing is handed on any more once the datagram under way is done. */
    void stop() {
        stopped = true;
        try {
            wakeup.signal();
        } catch (IOException e) {
            throw new IllegalStateException("the receiving thread cannot be woken", e);
        }
    }

    /** Until {@link #stop}; throws only what cannot be got over. */
    @Override
    public void run() {
        Poll poll = new Poll(Stream.concat(sockets.stream().map(UdpSocket::descriptor), Stream.of(wakeup.descriptor()))
                .toArray(FileDescriptor[]::new));
        try {
            while (!stopped) {
                poll.await(Poll.FOREVER);
                boolean isDrained = true;
                for (int i = 0; i < sockets.size() && !stopped; i++) {
                    isDrained &= !poll.ready(i) || drain(sockets.get(i));
                }
                if (isDrained) {
                    receiver.drained();
                }
            }
        } catch (ErrnoException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is there, but no more than that the other sockets have their turn; false if that was not all. */
    private boolean drain(UdpSocket socket) throws ErrnoException {
        int count = BATCH;
        for (int i = 0; i < BATCHES && count == BATCH && !stopped; i++) {
            count = receive(socket);
        }
        return count < BATCH;
    }

    /** Returns how many came, {@link #BATCH} at most. */
    private int receive(UdpSocket socket) throws ErrnoException {
        int count = receiveBatch(socket);
        for (int i = 0; i < count; i++) {
            SocketMessage message = batch.get(i);
            if (!stopped) {
                take(message, socket, count < BATCH);
            }
            message.prepareToReceive();
        }
        return count;
    }

    private int receiveBatch(UdpSocket socket) throws ErrnoException {
        try {
            return batch.receive(socket.descriptor());
        } catch (ErrnoException e) {
            if (e.is(Errno.EBADF) || e.is(Errno.EFAULT) || e.is(Errno.EINVAL)) {
                throw e;
            }
            // Left behind by an ICMP error; reading has cleared it.
            counters.socketErrors.increment();
            LOG.debug("{}", e.getMessage());
            return 0;
        }
    }

    private void take(SocketMessage message, UdpSocket socket, boolean atLeisure) {
        int length = message.length();
        if (message.truncated()) {
            counters.truncated.increment();
        } else if (length == 1 && message.octet(0) == NAT_KEEPALIVE) {
            counters.keepalives.increment();
        } else if (socket.use() == UdpSocket.Use.IKE) {
            deliver(message, socket, 0, atLeisure);
        } else if (length < UdpSocket.MARKER_LENGTH || !startsWithMarker(message)) {
            counters.esp.increment();
        } else {
            deliver(message, socket, UdpSocket.MARKER_LENGTH, atLeisure);
        }
    }

    private static boolean startsWithMarker(SocketMessage message) {
        return (message.octet(0) | message.octet(1) | message.octet(2) | message.octet(3)) == 0;
    }

    private void deliver(SocketMessage message, UdpSocket socket, int from, boolean atLeisure) {
        InetSocketAddress local = PacketInfo.destination(message, socket.family(), socket.port(), addresses);
        if (local == null) {
            counters.notUnicast.increment();
            return;
        }
        counters.received.increment();
        try {
            Datagram datagram = new Datagram(local, message.sender(socket.family(), addresses), message.copy(from));
            if (atLeisure) {
                receiver.onDatagramAtLeisure(datagram);
            } else {
                receiver.onDatagram(datagram);
            }
        } catch (RuntimeException e) {
            LOG.error("a datagram could not be handed on", e);
        }
    }
}
