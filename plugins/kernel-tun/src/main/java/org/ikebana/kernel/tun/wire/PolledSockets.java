package org.ikebana.kernel.tun.wire;

import java.util.List;
import java.util.stream.Stream;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.EventFd;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.Poll;
import org.jspecify.annotations.Nullable;

/** The sockets of one worker, which of them have something to read, and whose turn it is. */
final class PolledSockets {
    private final List<WireSocket> sockets;
    private final EventFd wakeup;
    private final Poll poll;
    private final boolean[] ready;
    private int readyCount;
    private int turn;

    PolledSockets(List<WireSocket> sockets, EventFd wakeup) {
        this.sockets = sockets;
        this.wakeup = wakeup;
        this.poll = new Poll(Stream.concat(sockets.stream().map(WireSocket::descriptor), Stream.of(wakeup.descriptor()))
                .toArray(FileDescriptor[]::new));
        this.ready = new boolean[sockets.size()];
    }

    /** Waits, if nothing is known to be there, until something is or {@code wakeup} is signalled. */
    void await() throws ErrnoException {
        if (readyCount == 0) {
            poll(Poll.FOREVER);
            if (poll.ready(sockets.size())) {
                wakeup.clear();
            }
        }
    }

    /** The next socket with something to read, null if there is none. */
    @Nullable WireSocket next() throws ErrnoException {
        if (readyCount == 0) {
            poll(0);
        }
        for (int i = 0; i < ready.length && readyCount > 0; i++) {
            turn = turn + 1 < ready.length ? turn + 1 : 0;
            if (ready[turn]) {
                return sockets.get(turn);
            }
        }
        return null;
    }

    /** The socket that was the last {@link #next} has nothing more. */
    void drained() {
        ready[turn] = false;
        readyCount--;
    }

    private void poll(int milliseconds) throws ErrnoException {
        poll.await(milliseconds);
        for (int i = 0; i < ready.length; i++) {
            ready[i] = poll.ready(i);
            if (ready[i]) {
                readyCount++;
            }
        }
    }
}
