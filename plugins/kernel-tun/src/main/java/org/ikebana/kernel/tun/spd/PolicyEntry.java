package org.ikebana.kernel.tun.spd;

/**
 * One policy of the database, ordered as they count: the lowest priority wins, the lowest place among equals.
 *
 * @param mask the bits of packets that it looks at
 * @param bits what it wants them to be
 * @param priority unsigned in 32 bits
 * @param serial tells apart what stands in one place
 */
record PolicyEntry<P>(PacketBits mask, PacketBits bits, long priority, long place, long serial, P value)
        implements Comparable<PolicyEntry<?>> {
    @Override
    public int compareTo(PolicyEntry<?> other) {
        int byPriority = Long.compare(priority, other.priority);
        int byPlace = byPriority != 0 ? byPriority : Long.compare(place, other.place);
        return byPlace != 0 ? byPlace : Long.compare(serial, other.serial);
    }

    boolean precedes(PolicyEntry<?> other) {
        return compareTo(other) < 0;
    }
}
