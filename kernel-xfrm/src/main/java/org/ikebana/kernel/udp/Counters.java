package org.ikebana.kernel.udp;

import java.util.concurrent.atomic.LongAdder;

/** Counts what {@link TransportStatistics} reports. */
final class Counters {
    final LongAdder received = new LongAdder();
    final LongAdder keepalives = new LongAdder();
    final LongAdder esp = new LongAdder();
    final LongAdder truncated = new LongAdder();
    final LongAdder notUnicast = new LongAdder();
    final LongAdder socketErrors = new LongAdder();
    final LongAdder sent = new LongAdder();
    final LongAdder sendDrops = new LongAdder();

    TransportStatistics snapshot(long overflows) {
        return new TransportStatistics(
                received.sum(),
                keepalives.sum(),
                esp.sum(),
                truncated.sum(),
                notUnicast.sum(),
                socketErrors.sum(),
                overflows,
                sent.sum(),
                sendDrops.sum());
    }
}
