package org.ikebana.kernel.tun.spd;

import org.jspecify.annotations.Nullable;

/**
 * The policies that look at the same bits of a packet, of which a packet can meet those of one bucket alone. Immutable.
 *
 * @param best none in the group precedes it
 */
record PolicyGroup<P>(PacketBits mask, PolicyTable<P> table, PolicyEntry<P> best) {
    /** Allocates nothing. */
    @Nullable PolicyEntry<P> find(
            long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, long upperLayer, int mark) {
        return table.find(
                sourceHigh & mask.sourceHigh(),
                sourceLow & mask.sourceLow(),
                destinationHigh & mask.destinationHigh(),
                destinationLow & mask.destinationLow(),
                upperLayer & mask.upperLayer(),
                mark & mask.mark());
    }
}
