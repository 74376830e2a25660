package org.ikebana.kernel.tun.spd;

import java.util.Comparator;

/**
 * One policy of the database: the lowest priority wins, the lowest place among equals.
 *
 * @param mask the bits of packets that it looks at
 * @param bits what it wants them to be
 * @param priority unsigned in 32 bits
 * @param serial tells apart what stands in one place
 */
record PolicyEntry<P>(PacketBits mask, PacketBits bits, long priority, long place, long serial, P value) {
    static final Comparator<PolicyEntry<?>> ORDER = Comparator.<PolicyEntry<?>>comparingLong(PolicyEntry::priority)
            .thenComparingLong(PolicyEntry::place)
            .thenComparingLong(PolicyEntry::serial);

    boolean precedes(PolicyEntry<P> other) {
        if (priority != other.priority) {
            return priority < other.priority;
        }
        return place != other.place ? place < other.place : serial < other.serial;
    }
}
