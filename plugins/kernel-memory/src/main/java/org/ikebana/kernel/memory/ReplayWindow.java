package org.ikebana.kernel.memory;

import java.util.BitSet;

/**
 * Which sequence numbers an inbound SA has seen (RFC 4303 3.4.3). The numbers are whole: how the upper 32 bits of an
 * extended one are found is not modelled.
 */
final class ReplayWindow {
    private final int size;
    private final BitSet seen;
    private long highest;

    /** @param size in packets; 0 accepts everything */
    ReplayWindow(int size) {
        this.size = size;
        this.seen = new BitSet(size);
    }

    boolean accepts(long sequence) {
        if (size == 0) {
            return true;
        }
        if (sequence <= 0 || sequence <= highest - size) {
            return false;
        }
        return sequence > highest || !seen.get(slot(sequence));
    }

    /** Only after the packet has proved genuine. */
    void record(long sequence) {
        if (size == 0) {
            return;
        }
        if (sequence - highest >= size) {
            seen.clear();
        } else {
            for (long skipped = highest + 1; skipped < sequence; skipped++) {
                seen.clear(slot(skipped));
            }
        }
        seen.set(slot(sequence));
        highest = Math.max(highest, sequence);
    }

    private int slot(long sequence) {
        return (int) (sequence % size);
    }
}
