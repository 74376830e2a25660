package org.ikebana.kernel.tun.wire;

import java.nio.ByteBuffer;

/** Takes sealed ESP packets out, many with one system call. Of one thread. Allocates nothing per packet. */
public interface EspSender extends AutoCloseable {
    /** Of the packets of one call, together. */
    int MAX_RUN = 65_000;

    /** How many packets one call may bring. */
    int MAX_SEGMENTS = 64;

    /**
     * Queues a run of ESP packets that lie one behind the other: each {@code segment} octets long, only the last may be
     * shorter. The memory stays as it is until {@link #flush}; where the queue is full this flushes first.
     *
     * @param memory direct
     * @param trafficClass DSCP and ECN of the outer header
     */
    void add(EspPath path, int trafficClass, ByteBuffer memory, int at, int length, int segment);

    /**
     * Sends what is queued; what the network does not take is dropped and counted. A path that turns out too narrow
     * learns its MTU.
     */
    void flush();

    /** Packets that were dropped since the beginning. */
    long drops();

    @Override
    void close();
}
