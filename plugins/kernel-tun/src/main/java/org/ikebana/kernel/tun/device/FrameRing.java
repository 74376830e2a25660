package org.ikebana.kernel.tun.device;

import java.nio.ByteBuffer;
import java.util.Objects;

/** Frames in a bounded ring of octets, first in first out; nothing is allocated by putting or taking. For one thread at a time. */
final class FrameRing {
    private static final int LENGTH_SIZE = Integer.BYTES;

    private final ByteBuffer octets;
    private int start;
    private int used;

    /** @param capacity in octets, of which each frame takes four more than it has */
    FrameRing(int capacity) {
        octets = ByteBuffer.allocate(capacity);
    }

    boolean isEmpty() {
        return used == 0;
    }

    /** Returns false if there is no room. */
    boolean put(ByteBuffer memory, int at, int length) {
        Objects.checkFromIndexSize(at, length, memory.capacity());
        if (length > octets.capacity() - used - LENGTH_SIZE) {
            return false;
        }
        int end = wrapped(start + used);
        for (int shift = 24; shift >= 0; shift -= 8) {
            octets.put(end, (byte) (length >>> shift));
            end = wrapped(end + 1);
        }
        int first = Math.min(length, octets.capacity() - end);
        octets.put(end, memory, at, first);
        octets.put(0, memory, at + first, length - first);
        used += LENGTH_SIZE + length;
        return true;
    }

    /** Of the frame that is taken next; there is one. */
    int nextLength() {
        int length = 0;
        for (int i = 0; i < LENGTH_SIZE; i++) {
            length = length << 8 | octets.get(wrapped(start + i)) & 0xff;
        }
        return length;
    }

    /** Takes the next frame, cut to {@code capacity} as read(2) does. */
    int take(ByteBuffer memory, int at, int capacity) {
        int length = nextLength();
        int taken = Math.min(length, capacity);
        int from = wrapped(start + LENGTH_SIZE);
        int first = Math.min(taken, octets.capacity() - from);
        memory.put(at, octets, from, first);
        memory.put(at + first, octets, 0, taken - first);
        start = wrapped(from + length);
        used -= LENGTH_SIZE + length;
        return taken;
    }

    private int wrapped(int place) {
        return place < octets.capacity() ? place : place - octets.capacity();
    }
}
