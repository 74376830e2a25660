package org.ikebana.ike.ts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ports from one to another, both included, or {@link #OPAQUE}.
 *
 * @param start 0 to 65535
 * @param end 0 to 65535, not below {@code start} except for OPAQUE
 */
public record PortRange(int start, int end) {
    public static final PortRange ANY = new PortRange(0, 0xffff);

    /** Packets whose ports cannot be seen, such as fragments (RFC 4301 4.4.1.1, RFC 7296 3.13.1). */
    public static final PortRange OPAQUE = new PortRange(0xffff, 0);

    public PortRange {
        if (!isRange(start, end)) {
            throw new IllegalArgumentException("no range of ports: " + start + " to " + end);
        }
    }

    static boolean isRange(int start, int end) {
        return start >= 0 && end <= 0xffff && start <= end || start == 0xffff && end == 0;
    }

    public boolean isAny() {
        return equals(ANY);
    }

    public boolean isOpaque() {
        return equals(OPAQUE);
    }

    /** Any port, and none to be seen, are both in {@link #ANY} (RFC 4301 4.4.1.1). */
    public boolean contains(PortRange other) {
        return isAny() || equals(other) || !isOpaque() && !other.isOpaque() && start <= other.start && other.end <= end;
    }

    public Optional<PortRange> intersect(PortRange other) {
        if (contains(other)) {
            return Optional.of(other);
        }
        if (other.contains(this)) {
            return Optional.of(this);
        }
        int highestStart = Math.max(start, other.start);
        int lowestEnd = Math.min(end, other.end);
        return isOpaque() || other.isOpaque() || highestStart > lowestEnd
                ? Optional.empty()
                : Optional.of(new PortRange(highestStart, lowestEnd));
    }

    /** The ports that the other does not have: two ranges at the most. That ports can be seen is nothing a range can say. */
    public List<PortRange> minus(PortRange other) {
        Optional<PortRange> common = intersect(other);
        if (common.isEmpty()) {
            return List.of(this);
        }
        List<PortRange> left = new ArrayList<>(2);
        if (!common.get().isOpaque() && start < common.get().start) {
            left.add(new PortRange(start, common.get().start - 1));
        }
        if (!common.get().isOpaque() && common.get().end < end) {
            left.add(new PortRange(common.get().end + 1, end));
        }
        return left;
    }

    /** The fewest ranges that a mask can tell and that make up this one, at most 30; OPAQUE as it is. */
    public List<PortRange> blocks() {
        if (isOpaque()) {
            return List.of(this);
        }
        List<PortRange> blocks = new ArrayList<>();
        for (int next = start; next <= end; ) {
            int aligned = next == 0 ? 0x10000 : Integer.lowestOneBit(next);
            int size = Math.min(aligned, Integer.highestOneBit(end - next + 1));
            blocks.add(new PortRange(next, next + size - 1));
            next += size;
        }
        return blocks;
    }
}
