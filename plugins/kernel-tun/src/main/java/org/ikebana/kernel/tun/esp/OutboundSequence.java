package org.ikebana.kernel.tun.esp;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The sequence numbers of an outbound SA (RFC 4303 3.3.3): they start with 1 and never cycle. For any number of threads;
 * allocates nothing.
 */
public final class OutboundSequence {
    private static final long LAST_SHORT = 0xffff_ffffL;
    /** Of 64 bits the upper one is left out, so that all numbers are positive; that many packets nobody sends. */
    private static final long LAST_EXTENDED = Long.MAX_VALUE;

    private final AtomicLong taken;
    private final long last;

    public OutboundSequence(boolean extended) {
        this(extended, 0);
    }

    /** @param taken the number that was given out last, 0 with a new SA */
    public OutboundSequence(boolean extended, long taken) {
        this.last = extended ? LAST_EXTENDED : LAST_SHORT;
        if (taken < 0 || taken > last) {
            throw new IllegalArgumentException("No sequence number of this SA: " + Long.toUnsignedString(taken));
        }
        this.taken = new AtomicLong(taken);
    }

    /** The next number, or 0 when they are used up: the SA must not send any more. */
    public long next() {
        return reserve(1);
    }

    /**
     * Takes {@code count} successive numbers.
     *
     * @return the first, or 0 when there are not so many left, in which case none is taken
     */
    public long reserve(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("A run of " + count + " packets");
        }
        while (true) {
            long before = taken.get();
            if (last - before < count) {
                return 0;
            }
            if (taken.compareAndSet(before, before + count)) {
                return before + 1;
            }
        }
    }

    /** The number that was given out last, 0 before the first. */
    public long taken() {
        return taken.get();
    }
}
