package org.ikebana.kernel.tun.wire;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.ikebana.kernel.linux.BufferAddresses;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.SendBatch;
import org.jspecify.annotations.Nullable;

/**
 * Sends from the sockets of one worker. A run of datagrams in UDP is one message, which the kernel takes apart as late as it
 * can (UDP_SEGMENT, udp(7)); raw packets are a message each. One sendmmsg(2) takes all that leave by the same socket.
 */
final class SocketSender implements EspSender {
    private static final int QUEUE = 128;

    private final int worker;
    private final SocketUse use;
    private final Segmentation segmentation;
    private final int mark;
    private final BufferAddresses addresses = new BufferAddresses();
    private final LongAdder drops = new LongAdder();
    private final SendBatch queue = new SendBatch(QUEUE);
    private final SendBatch singles = new SendBatch(MAX_SEGMENTS);
    private final @Nullable EspPath[] paths = new @Nullable EspPath[QUEUE];
    private final int[] trafficClasses = new int[QUEUE];
    private final int[] segments = new int[QUEUE];
    /** Keeps what is queued reachable. */
    private final @Nullable ByteBuffer[] memories = new @Nullable ByteBuffer[QUEUE];

    private int queued;
    /** A path on which datagrams of this length and longer are fragmented, which excludes UDP_SEGMENT. */
    private @Nullable EspPath fragmenting;

    private int fragmentingFrom;

    SocketSender(int worker, CurrentSockets current, Segmentation segmentation, int mark) {
        this.worker = worker;
        this.use = current.use(() -> {});
        this.segmentation = segmentation;
        this.mark = mark;
    }

    @Override
    public void add(EspPath path, int trafficClass, ByteBuffer memory, int at, int length, int segment) {
        Objects.checkFromIndexSize(at, length, memory.capacity());
        if (segment <= 0) {
            throw new IllegalArgumentException("ESP packets have a length, not " + segment);
        }
        int most = segment;
        if (segment < length && segmentable(path, segment)) {
            most *= Math.max(1, Math.min(MAX_SEGMENTS, MAX_RUN / segment));
        }
        for (int from = 0; from < length; from += most) {
            queue(path, trafficClass, memory, at + from, Math.min(most, length - from), segment);
        }
    }

    @Override
    public void flush() {
        if (queued == 0) {
            return;
        }
        SocketSet set = use.begin();
        try {
            for (int from = 0; from < queued; ) {
                FileDescriptor socket = set.sending(worker, path(from));
                int to = from + 1;
                while (to < queued && set.sending(worker, path(to)) == socket) {
                    to++;
                }
                send(socket, from, to);
                from = to;
            }
        } finally {
            use.end();
        }
        Arrays.fill(paths, 0, queued, null);
        Arrays.fill(memories, 0, queued, null);
        queued = 0;
    }

    @Override
    public long drops() {
        return drops.sum();
    }

    /** The sockets belong to {@link EspSockets}; what is queued is dropped. */
    @Override
    public void close() {
        for (int i = 0; i < queued; i++) {
            drop(i);
        }
        queued = 0;
    }

    private boolean segmentable(EspPath path, int segment) {
        return path.sourcePort() != EspPath.NO_PORT
                && segmentation.offered()
                && !(path == fragmenting && segment >= fragmentingFrom);
    }

    private void queue(EspPath path, int trafficClass, ByteBuffer memory, int at, int length, int segment) {
        if (queued == QUEUE) {
            flush();
        }
        int i = queued++;
        paths[i] = path;
        memories[i] = memory;
        trafficClasses[i] = trafficClass;
        segments[i] = segment;
        queue.put(
                i,
                path.header(),
                trafficClass,
                segment < length ? segment : SendBatch.WHOLE,
                addresses.of(memory, at, length),
                length);
    }

    private void send(@Nullable FileDescriptor socket, int from, int to) {
        for (int i = from; i < to; ) {
            if (socket == null) {
                drop(i++);
                continue;
            }
            int sent = queue.send(socket, i, to - i);
            if (sent > 0) {
                i += sent;
            } else {
                failed(socket, i++, -sent);
            }
        }
    }

    private void failed(FileDescriptor socket, int i, int errno) {
        EspPath path = path(i);
        boolean tooLong = errno == Errno.EMSGSIZE.number();
        if (packets(i) > 1 && (Segmentation.mayBeRefused(errno) || tooLong && !path.dontFragment())) {
            sendSingly(socket, i, errno);
            return;
        }
        drop(i);
        if (tooLong && path.dontFragment()) {
            PathMtu.learn(path, mark);
        }
    }

    /** Without UDP_SEGMENT, and finds out whether that was the matter. */
    private void sendSingly(FileDescriptor socket, int i, int errno) {
        EspPath path = path(i);
        int count = packets(i);
        for (int k = 0; k < count; k++) {
            int at = k * segments[i];
            int length = Math.min(segments[i], queue.length(i) - at);
            singles.put(k, path.header(), trafficClasses[i], SendBatch.WHOLE, queue.address(i) + at, length);
        }
        int sent = 0;
        int result = 1;
        while (sent < count && result > 0) {
            result = singles.send(socket, sent, count - sent);
            sent += Math.max(0, result);
        }
        drops.add(count - sent);
        if (sent > 0 && errno == Errno.EMSGSIZE.number()) {
            fragmenting = path;
            fragmentingFrom = segments[i];
        } else if (sent > 0) {
            segmentation.refused(errno);
        } else if (-result == Errno.EMSGSIZE.number() && path.dontFragment()) {
            PathMtu.learn(path, mark);
        }
    }

    private EspPath path(int i) {
        return requireNonNull(paths[i]);
    }

    private int packets(int i) {
        return (queue.length(i) + segments[i] - 1) / segments[i];
    }

    private void drop(int i) {
        drops.add(packets(i));
    }
}
