package org.ikebana.kernel.tun.plane;

import java.nio.ByteBuffer;
import org.ikebana.kernel.tun.wire.EspPath;
import org.ikebana.kernel.tun.wire.EspSender;
import org.jspecify.annotations.Nullable;

/**
 * Room for sealed packets, one behind the other, so that those of one path and one length leave as a run with one system
 * call. Of one thread.
 */
final class EspRuns {
    /** Holds several full runs. */
    static final int CAPACITY = 16 * EspSender.MAX_RUN;

    private final EspSender sender;
    private final ByteBuffer memory = ByteBuffer.allocateDirect(CAPACITY);
    private @Nullable EspPath path;
    private int trafficClass;
    private int start;
    private int segment;
    private int count;
    private int end;

    EspRuns(EspSender sender) {
        this.sender = sender;
    }

    ByteBuffer memory() {
        return memory;
    }

    /** Where a packet of this length, {@link EspSender#MAX_RUN} at most, is to be written. */
    int reserve(EspPath newPath, int newTrafficClass, int length) {
        if (!continuesRun(newPath, newTrafficClass, length)) {
            endRun();
            if (end + length > CAPACITY) {
                flush();
            }
            path = newPath;
            trafficClass = newTrafficClass;
            start = end;
            segment = length;
        }
        int at = end;
        end += length;
        count++;
        if (length < segment) {
            endRun();
        }
        return at;
    }

    /** Everything that was reserved has been written and may leave. */
    void flush() {
        endRun();
        sender.flush();
        end = 0;
    }

    private boolean continuesRun(EspPath newPath, int newTrafficClass, int length) {
        return count > 0
                && newPath == path
                && newTrafficClass == trafficClass
                && length <= segment
                && count < EspSender.MAX_SEGMENTS
                && end - start + length <= EspSender.MAX_RUN
                && end + length <= CAPACITY;
    }

    private void endRun() {
        if (count > 0 && path != null) {
            sender.add(path, trafficClass, memory, start, end - start, segment);
        }
        count = 0;
    }
}
