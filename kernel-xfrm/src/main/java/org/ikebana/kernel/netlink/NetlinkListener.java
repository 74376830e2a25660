package org.ikebana.kernel.netlink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.EventFd;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.NativeMemory;
import org.ikebana.kernel.linux.Poll;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows multicast groups on a daemon thread of its own, which sleeps until there is something to tell. */
public final class NetlinkListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NetlinkListener.class);
    /** Datagrams taken from one socket before the next has its turn. */
    private static final int MAX_DATAGRAMS = 256;

    private final List<Source> sources;
    private final EventFd stop;
    private final Poll poll;
    private final Thread thread;
    private final ByteBuffer received = NativeMemory.allocate(NetlinkSocket.BUFFER_SIZE);
    private volatile boolean closing;
    private boolean ended;

    private NetlinkListener(String threadName, List<Source> sources, EventFd stop) {
        this.sources = List.copyOf(sources);
        this.stop = stop;
        this.poll = new Poll(
                Stream.concat(Stream.of(stop.descriptor()), sources.stream().map(s -> s.socket.descriptor()))
                        .toArray(FileDescriptor[]::new));
        this.thread = Thread.ofPlatform().name(threadName).daemon().unstarted(this::run);
    }

    /** Takes the sockets over: they are closed with the listener. */
    public static NetlinkListener start(String threadName, Source... sources) throws ErrnoException {
        NetlinkListener listener = new NetlinkListener(threadName, List.of(sources), new EventFd());
        listener.thread.start();
        return listener;
    }

    /** Waits until the thread has ended, unless called on it; nothing is told after that. */
    @Override
    public void close() {
        try {
            wakeUp();
            if (Thread.currentThread() != thread) {
                thread.join();
            }
        } catch (ErrnoException e) {
            throw new IllegalStateException("The thread " + thread.getName() + " cannot be stopped", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void wakeUp() throws ErrnoException {
        closing = true;
        if (!ended) {
            stop.signal();
        }
    }

    private void run() {
        try {
            while (!closing) {
                poll.await(Poll.FOREVER);
                for (int i = 0; i < sources.size() && !closing; i++) {
                    if (poll.ready(i + 1)) {
                        drain(sources.get(i));
                    }
                }
            }
        } catch (ErrnoException e) {
            LOG.error("Kernel events end here", e);
        } finally {
            end();
        }
    }

    private synchronized void end() {
        ended = true;
        stop.close();
        sources.forEach(source -> source.socket.close());
    }

    private void drain(Source source) {
        boolean more = true;
        for (int i = 0; i < MAX_DATAGRAMS && more; i++) {
            more = receive(source);
        }
        tell(source.sink::onPause);
    }

    /** False when nothing more is waiting. */
    private boolean receive(Source source) {
        try {
            int length = source.socket.receive(received);
            if (length == NetlinkSocket.NOTHING) {
                return false;
            }
            for (NetlinkMessage message : NetlinkMessage.split(CStruct.of(received, 0, length))) {
                tell(() -> source.sink.onMessage(message));
            }
        } catch (IOException e) {
            LOG.warn("Kernel events were lost: {}", e.getMessage());
            tell(source.sink::onLost);
        }
        return true;
    }

    private static <E extends Exception> void tell(Call<E> call) throws E {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("A kernel event was not dealt with", e);
        }
    }

    @FunctionalInterface
    private interface Call<E extends Exception> {
        void run() throws E;
    }

    /** A socket that has joined its groups, and who is told. */
    public record Source(NetlinkSocket socket, Sink sink) {}

    /** Called on the listener's thread. */
    public interface Sink {
        void onMessage(NetlinkMessage message) throws NetlinkFormatException;

        /** Some messages were dropped or could not be read. */
        void onLost();

        /** For the time being there are no more. */
        default void onPause() {}
    }
}
