package org.ikebana.kernel.tun.esp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Which sequence numbers an inbound SA has seen (RFC 4303 3.4.3), and what the half that is not sent must be (Appendix A).
 * For each packet: {@link #sequence}, {@link #accepts}, the integrity check, {@link #record}. Allocates nothing.
 *
 * <p>An SA's packets nearly always come to one thread. Where they come to several, {@link #sequence} and {@link #accepts}
 * look at a state that may change meanwhile, and {@link #record}, guarded by a spinning compare-and-set that is held for
 * some nanoseconds, decides: of two equal packets it takes one.
 */
public final class ReplayWindow {
    /** As the kernel has it (linux/xfrm.h XFRMA_REPLAY_ESN_MAX). */
    public static final int MAX_SIZE = 4096;

    private static final VarHandle GUARD = guard();
    private static final long LOW_MASK = 0xffff_ffffL;
    private static final long SUBSPACE = 1L << 32;
    /** Without a window a number's upper half is the one that brings it nearest to the highest seen. */
    private static final long HALF_SUBSPACE = 1L << 31;

    private final int size;
    private final boolean extended;
    /** How far below the highest number the inference reaches, W of Appendix A2. */
    private final long reach;
    /** A ring of bits: bit {@code n} modulo its length is number {@code n}'s. With a word to spare, as whole ones are emptied. */
    private final long[] seen;

    private final int wordMask;
    /** T of Appendix A2: the highest number recorded, positive. */
    private volatile long highest;

    @SuppressWarnings("UnusedVariable") // through GUARD
    private volatile int guard;

    /**
     * @param size in packets; 0 switches the check off, RFC 4303 asks for 32 at least
     * @param extended the SA has 64-bit numbers
     */
    public ReplayWindow(int size, boolean extended) {
        if (size < 0 || size > MAX_SIZE) {
            throw new IllegalArgumentException("A replay window has 0 to " + MAX_SIZE + " packets, not " + size);
        }
        this.size = size;
        this.extended = extended;
        this.reach = size > 0 ? size : HALF_SUBSPACE;
        int words = (size + Long.SIZE - 1) / Long.SIZE + 1;
        this.seen = new long[Integer.highestOneBit(2 * words - 1)];
        this.wordMask = seen.length - 1;
    }

    /**
     * The whole number of a packet. With extended numbers the upper half is inferred (Appendix A2.2); it may turn out
     * negative at an SA's beginning, which {@link #accepts} refuses.
     *
     * @param low as in the packet
     */
    public long sequence(int low) {
        long lower = low & LOW_MASK;
        if (!extended) {
            return lower;
        }
        long top = highest;
        long bottom = top - reach + 1;
        long sequence = (bottom & ~LOW_MASK) | lower;
        return lower >= (bottom & LOW_MASK) ? sequence : sequence + SUBSPACE;
    }

    /** Whether a packet of that number is worth its integrity check: neither seen nor too old. */
    public boolean accepts(long sequence) {
        if (size == 0) {
            return sequence >= 0;
        }
        return sequence > 0 && isNew(sequence, highest);
    }

    /**
     * Notes the number of a packet that passed its integrity check.
     *
     * @return false if it may not be taken any more, as another thread recorded it meanwhile or moved the window past it
     */
    public boolean record(long sequence) {
        if (sequence < 0 || (sequence == 0 && size > 0)) {
            return false;
        }
        while (!GUARD.weakCompareAndSetAcquire(this, 0, 1)) {
            Thread.onSpinWait();
        }
        try {
            return recordGuarded(sequence);
        } finally {
            GUARD.setRelease(this, 0);
        }
    }

    /** The highest number recorded, 0 before the first. */
    public long highest() {
        return highest;
    }

    private boolean recordGuarded(long sequence) {
        long top = highest;
        if (size == 0) {
            highest = Math.max(top, sequence);
            return true;
        }
        if (!isNew(sequence, top)) {
            return false;
        }
        if (sequence > top) {
            forget(top >>> 6, sequence >>> 6);
            highest = sequence;
        }
        seen[word(sequence)] |= 1L << sequence;
        return true;
    }

    private boolean isNew(long sequence, long top) {
        long age = top - sequence;
        return age < 0 || (age < size && (seen[word(sequence)] & 1L << sequence) == 0);
    }

    /** Empties the words that come into the window, those of the ring behind {@code from} up to {@code to}. */
    private void forget(long from, long to) {
        if (to - from >= seen.length) {
            Arrays.fill(seen, 0);
            return;
        }
        for (long word = from + 1; word <= to; word++) {
            seen[(int) word & wordMask] = 0;
        }
    }

    private int word(long sequence) {
        return (int) (sequence >>> 6) & wordMask;
    }

    private static VarHandle guard() {
        try {
            return MethodHandles.lookup().findVarHandle(ReplayWindow.class, "guard", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
