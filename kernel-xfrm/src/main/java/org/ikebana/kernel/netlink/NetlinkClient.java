package org.ikebana.kernel.netlink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.NativeMemory;
import org.ikebana.kernel.linux.Poll;

/**
 * Requests and their replies on a socket of its own. Callers on several threads take turns, a whole exchange each: the
 * kernel works on one request of a protocol at a time anyway, and one socket stays in the network namespace where it
 * was opened, whichever thread calls. Memory that messages passed through is wiped after each exchange.
 */
public final class NetlinkClient<M> implements AutoCloseable {
    /** So that their acknowledgements fit into the socket's buffer. */
    private static final int MAX_BATCH = 64;

    private static final int RECEIVE_BUFFER = 1 << 20;
    /** The kernel replies before send returns; this only keeps a broken one from holding us for ever. */
    private static final int REPLY_MILLISECONDS = 10_000;

    private static final int MAX_DUMPS = 10;

    private final NetlinkSocket socket;
    private final NetlinkDecoder<M> decoder;
    private final Poll readable;
    private final ByteBuffer sending = NativeMemory.allocate(NetlinkSocket.BUFFER_SIZE);
    private final ByteBuffer received = NativeMemory.allocate(NetlinkSocket.BUFFER_SIZE);
    private final byte[] zeros = new byte[NetlinkSocket.BUFFER_SIZE];
    private int sequence;
    private boolean closed;

    private NetlinkClient(NetlinkSocket socket, NetlinkDecoder<M> decoder) {
        this.socket = socket;
        this.decoder = decoder;
        this.readable = new Poll(socket.descriptor());
    }

    /**
     * A socket of its own, in the calling thread's network namespace.
     *
     * @param protocol {@link Netlink#NETLINK_XFRM}
     */
    public static <M> NetlinkClient<M> open(int protocol, NetlinkDecoder<M> decoder) throws ErrnoException {
        return new NetlinkClient<>(NetlinkSocket.open(protocol, 0, RECEIVE_BUFFER), decoder);
    }

    /**
     * Asks the kernel to heed what a dump of NETLINK_ROUTE filters for (Linux 4.20). Before, a dump brings everything:
     * whoever asks must choose himself in any case.
     */
    public synchronized void filterDumps() throws ErrnoException {
        socket.filterDumps();
    }

    /** The socket's own address, which reports of its changes carry as {@code nlmsg_pid}. */
    public int port() throws ErrnoException {
        return socket.port();
    }

    public NetlinkOutcome<M> exchange(NetlinkRequest request) throws IOException {
        return exchange(List.of(request)).getFirst();
    }

    /**
     * Sends all, many in one datagram. The kernel works on every one, in order, also after one that fails.
     *
     * @return one outcome a request, in the same order
     * @throws IOException when it is not known what became of them
     */
    public synchronized List<NetlinkOutcome<M>> exchange(List<NetlinkRequest> requests) throws IOException {
        List<NetlinkOutcome<M>> outcomes = new ArrayList<>(requests.size());
        while (outcomes.size() < requests.size()) {
            outcomes.addAll(exchangeBatch(requests.subList(outcomes.size(), requests.size())));
        }
        return outcomes;
    }

    /** All messages that answer: see {@link #dump(NetlinkRequest, DumpReader)}. */
    public List<M> dump(NetlinkRequest request) throws IOException {
        return dump(request, Optional::of);
    }

    /**
     * What is made of the messages that answer, each as soon as it has come; once more from the start when the kernel says that
     * they contradict each other.
     *
     * @throws IOException when the kernel refuses, does not come to an end, or sends what cannot be read
     */
    public synchronized <E> List<E> dump(NetlinkRequest request, DumpReader<M, E> reader) throws IOException {
        for (int i = 0; i < MAX_DUMPS; i++) {
            send(List.of(request));
            DumpReplies<M, E> replies = new DumpReplies<>(sequence, decoder, reader);
            receive(replies);
            if (!replies.mustBeRepeated()) {
                return replies.entries();
            }
        }
        throw new ErrnoException("list what is installed, " + MAX_DUMPS + " times", Errno.EBUSY.number());
    }

    @Override
    public synchronized void close() {
        closed = true;
        socket.close();
    }

    /** Whether no octet of a message is left in memory. */
    synchronized boolean isWiped() {
        return isZero(sending) && isZero(received);
    }

    private boolean isZero(ByteBuffer buffer) {
        return buffer.equals(ByteBuffer.wrap(zeros));
    }

    /** As many of the first requests as one datagram takes. */
    private List<NetlinkOutcome<M>> exchangeBatch(List<NetlinkRequest> requests) throws IOException {
        int count = send(requests);
        BatchReplies<M> replies = new BatchReplies<>(requests.subList(0, count), sequence - count + 1, decoder);
        receive(replies);
        return replies.outcomes();
    }

    /** Returns how many of them were sent: they have the sequence numbers up to and including {@link #sequence}. */
    private int send(List<NetlinkRequest> requests) throws IOException {
        if (closed) {
            throw new IOException("the netlink socket is closed");
        }
        int length = 0;
        int count = 0;
        try {
            for (NetlinkRequest request : requests) {
                if (count == MAX_BATCH || length + request.size() > sending.capacity()) {
                    break;
                }
                request.writeTo(CStruct.of(sending, length, request.size()), ++sequence);
                length += Netlink.align(request.size());
                count++;
            }
            if (count == 0) {
                throw new IOException("a request is longer than " + sending.capacity() + " octets");
            }
            socket.send(sending, length);
            return count;
        } finally {
            wipe(sending);
        }
    }

    private void receive(Replies replies) throws IOException {
        try {
            while (!replies.isComplete()) {
                for (NetlinkMessage message : NetlinkMessage.split(CStruct.of(received, 0, await()))) {
                    replies.take(message);
                }
            }
        } finally {
            wipe(received);
        }
    }

    /** The next datagram's length. Signals may end a poll early, so that the time is kept here. */
    private int await() throws IOException {
        long end = System.nanoTime() + REPLY_MILLISECONDS * 1_000_000L;
        int length = socket.receive(received);
        while (length == NetlinkSocket.NOTHING) {
            long left = (end - System.nanoTime()) / 1_000_000L;
            if (left <= 0) {
                throw new ErrnoException("wait for the kernel's reply", Errno.ETIMEDOUT.number());
            }
            readable.await((int) left);
            length = socket.receive(received);
        }
        return length;
    }

    private void wipe(ByteBuffer buffer) {
        buffer.put(0, zeros);
    }
}
