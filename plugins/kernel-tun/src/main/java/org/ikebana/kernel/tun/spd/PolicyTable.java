package org.ikebana.kernel.tun.spd;

import org.jspecify.annotations.Nullable;

/**
 * Policies by the bits that they compare, all under one mask. Immutable: a change copies one chunk of the slots and the list of
 * chunks, and shares the rest.
 */
final class PolicyTable<P> {
    private static final int CHUNK_BITS = 6;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int MIN_BITS = CHUNK_BITS;
    private static final int MAX_BITS = 24;

    private final BitsHash hash;
    private final int bits;
    private final int entries;
    private final @Nullable PolicyBucket<P>[][] chunks;

    private PolicyTable(BitsHash hash, int bits, int entries, @Nullable PolicyBucket<P>[][] chunks) {
        this.hash = hash;
        this.bits = bits;
        this.entries = entries;
        this.chunks = chunks;
    }

    static <P> PolicyTable<P> empty(BitsHash hash) {
        return new PolicyTable<>(hash, MIN_BITS, 0, emptyChunks(MIN_BITS));
    }

    /** The first of the policies that want just these bits. Allocates nothing. */
    @Nullable PolicyEntry<P> find(
            long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, long upperLayer, int mark) {
        int slot = slot(hash.of(sourceHigh, sourceLow, destinationHigh, destinationLow, upperLayer, mark));
        PolicyBucket<P> bucket = chunks[slot >>> CHUNK_BITS][slot & CHUNK - 1];
        while (bucket != null) {
            if (bucket.wants(sourceHigh, sourceLow, destinationHigh, destinationLow, upperLayer, mark)) {
                return bucket.best();
            }
            bucket = bucket.next();
        }
        return null;
    }

    PolicyTable<P> with(PolicyEntry<P> entry) {
        PolicyTable<P> roomy = entries < 1 << bits || bits == MAX_BITS ? this : resized(bits + 1);
        int slot = roomy.slot(hash.of(entry.bits()));
        return roomy.replacing(slot, PolicyBucket.add(roomy.chain(slot), entry), entries + 1);
    }

    /** Without one that is in it. */
    PolicyTable<P> without(PolicyEntry<P> entry) {
        int slot = slot(hash.of(entry.bits()));
        PolicyTable<P> smaller = replacing(slot, PolicyBucket.remove(chain(slot), entry), entries - 1);
        return bits > MIN_BITS && entries < 1 << bits - 3 ? smaller.resized(bits - 1) : smaller;
    }

    private int slot(long hash) {
        return (int) (hash >>> 64 - bits);
    }

    private @Nullable PolicyBucket<P> chain(int slot) {
        return chunks[slot >>> CHUNK_BITS][slot & CHUNK - 1];
    }

    private PolicyTable<P> replacing(int slot, @Nullable PolicyBucket<P> chain, int entries) {
        @Nullable PolicyBucket<P>[][] copy = chunks.clone();
        @Nullable PolicyBucket<P>[] chunk = copy[slot >>> CHUNK_BITS].clone();
        chunk[slot & CHUNK - 1] = chain;
        copy[slot >>> CHUNK_BITS] = chunk;
        return new PolicyTable<>(hash, bits, entries, copy);
    }

    private PolicyTable<P> resized(int newBits) {
        PolicyTable<P> other = new PolicyTable<>(hash, newBits, entries, emptyChunks(newBits));
        for (@Nullable PolicyBucket<P>[] chunk : chunks) {
            for (PolicyBucket<P> bucket : chunk) {
                for (PolicyBucket<P> next = bucket; next != null; next = next.next()) {
                    other.fill(next);
                }
            }
        }
        return other;
    }

    /** Only on a table that nobody has seen yet. */
    private void fill(PolicyBucket<P> bucket) {
        int slot = slot(hash.of(bucket.bits()));
        chunks[slot >>> CHUNK_BITS][slot & CHUNK - 1] = bucket.before(chain(slot));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <P> @Nullable PolicyBucket<P>[][] emptyChunks(int bits) {
        return new PolicyBucket[1 << bits - CHUNK_BITS][CHUNK];
    }
}
