package org.ikebana.kernel.tun.spd;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The policies that mean the same packets, and the next bucket of the same slot. Immutable.
 *
 * @param entries in the order of precedence, at least one
 */
record PolicyBucket<P>(
        PacketBits bits,
        PolicyEntry<P> best,
        List<PolicyEntry<P>> entries,
        @Nullable PolicyBucket<P> next) {

    /** The chain with an entry more. */
    static <P> PolicyBucket<P> add(@Nullable PolicyBucket<P> chain, PolicyEntry<P> entry) {
        if (chain == null) {
            return of(List.of(entry), null);
        }
        if (!chain.bits.equals(entry.bits())) {
            return of(chain.entries, add(chain.next, entry));
        }
        return of(
                Stream.concat(chain.entries.stream(), Stream.of(entry))
                        .sorted(PolicyEntry.ORDER)
                        .toList(),
                chain.next);
    }

    /** The chain without an entry that is in it. */
    static <P> @Nullable PolicyBucket<P> remove(@Nullable PolicyBucket<P> chain, PolicyEntry<P> entry) {
        if (chain == null) {
            return null;
        }
        if (!chain.bits.equals(entry.bits())) {
            return of(chain.entries, remove(chain.next, entry));
        }
        List<PolicyEntry<P>> left =
                chain.entries.stream().filter(other -> other != entry).toList();
        return left.isEmpty() ? chain.next : of(left, chain.next);
    }

    private static <P> PolicyBucket<P> of(List<PolicyEntry<P>> entries, @Nullable PolicyBucket<P> next) {
        return new PolicyBucket<>(entries.getFirst().bits(), entries.getFirst(), entries, next);
    }

    PolicyBucket<P> before(@Nullable PolicyBucket<P> chain) {
        return of(entries, chain);
    }

    boolean holds(
            long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, long upperLayer, int mark) {
        PacketBits wanted = bits;
        return wanted.sourceLow() == sourceLow
                && wanted.destinationLow() == destinationLow
                && wanted.upperLayer() == upperLayer
                && wanted.mark() == mark
                && wanted.sourceHigh() == sourceHigh
                && wanted.destinationHigh() == destinationHigh;
    }
}
