package org.ikebana.kernel.tun.spd;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The policies that mean the same packets, and the next bucket of the same slot. Immutable. */
final class PolicyBucket<P> {
    // not a record within: one line of memory less that a look-up has to wait for
    private final long sourceHigh;
    private final long sourceLow;
    private final long destinationHigh;
    private final long destinationLow;
    private final long upperLayer;
    private final int mark;

    /** In the order of precedence, at least one. */
    private final List<PolicyEntry<P>> entries;

    private final PolicyEntry<P> best;
    private final @Nullable PolicyBucket<P> next;

    private PolicyBucket(List<PolicyEntry<P>> entries, @Nullable PolicyBucket<P> next) {
        PacketBits bits = entries.getFirst().bits();
        sourceHigh = bits.sourceHigh();
        sourceLow = bits.sourceLow();
        destinationHigh = bits.destinationHigh();
        destinationLow = bits.destinationLow();
        upperLayer = bits.upperLayer();
        mark = bits.mark();
        this.entries = entries;
        this.best = entries.getFirst();
        this.next = next;
    }

    /** The chain with an entry more. */
    static <P> PolicyBucket<P> add(@Nullable PolicyBucket<P> chain, PolicyEntry<P> entry) {
        if (chain == null) {
            return new PolicyBucket<>(List.of(entry), null);
        }
        if (!chain.bits().equals(entry.bits())) {
            return new PolicyBucket<>(chain.entries, add(chain.next, entry));
        }
        List<PolicyEntry<P>> more =
                Stream.concat(chain.entries.stream(), Stream.of(entry)).sorted().toList();
        return new PolicyBucket<>(more, chain.next);
    }

    /** The chain without an entry that is in it. */
    static <P> @Nullable PolicyBucket<P> remove(@Nullable PolicyBucket<P> chain, PolicyEntry<P> entry) {
        if (chain == null) {
            return null;
        }
        if (!chain.bits().equals(entry.bits())) {
            return new PolicyBucket<>(chain.entries, remove(chain.next, entry));
        }
        List<PolicyEntry<P>> left =
                chain.entries.stream().filter(other -> other != entry).toList();
        return left.isEmpty() ? chain.next : new PolicyBucket<>(left, chain.next);
    }

    /** This one in front of another chain. */
    PolicyBucket<P> before(@Nullable PolicyBucket<P> chain) {
        return new PolicyBucket<>(entries, chain);
    }

    /** Whether its policies want just these bits. */
    boolean wants(
            long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, long upperLayer, int mark) {
        return this.destinationLow == destinationLow
                && this.sourceLow == sourceLow
                && this.upperLayer == upperLayer
                && this.mark == mark
                && this.destinationHigh == destinationHigh
                && this.sourceHigh == sourceHigh;
    }

    PacketBits bits() {
        return best.bits();
    }

    PolicyEntry<P> best() {
        return best;
    }

    @Nullable PolicyBucket<P> next() {
        return next;
    }
}
