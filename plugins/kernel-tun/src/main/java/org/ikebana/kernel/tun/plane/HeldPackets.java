package org.ikebana.kernel.tun.plane;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.ikebana.ike.kernel.PolicyKey;
import org.jspecify.annotations.Nullable;

/**
 * Packets that wait for an SA, so that the first of a connection is not lost. Bounded: where there is no room, the oldest of
 * the same policy goes, or the new one.
 */
final class HeldPackets {
    static final int MAX_FRAMES_OF_A_POLICY = 16;
    static final int MAX_OCTETS = 4 << 20;

    private final Map<PolicyKey, Deque<byte[]>> waiting = new HashMap<>();
    private final Deque<byte[]> ready = new ArrayDeque<>();
    private final PlaneCounters counters;
    private int octets;

    HeldPackets(PlaneCounters counters) {
        this.counters = counters;
    }

    /** Copies a frame. */
    synchronized void hold(PolicyKey policy, ByteBuffer memory, int at, int length) {
        Deque<byte[]> frames = waiting.computeIfAbsent(policy, key -> new ArrayDeque<>());
        if (frames.size() == MAX_FRAMES_OF_A_POLICY) {
            forget(frames.remove());
        }
        if (octets + length > MAX_OCTETS) {
            counters.dropped(Drop.OUT_NO_STATES);
            return;
        }
        byte[] frame = new byte[length];
        memory.get(at, frame);
        octets += length;
        frames.add(frame);
    }

    /** There is an SA now. Returns whether anything waited for it. */
    synchronized boolean release(PolicyKey policy) {
        Deque<byte[]> frames = waiting.remove(policy);
        return frames != null && ready.addAll(frames);
    }

    /** Nothing will come of it. */
    synchronized void drop(PolicyKey policy) {
        Deque<byte[]> frames = waiting.remove(policy);
        if (frames != null) {
            frames.forEach(this::forget);
        }
    }

    /** The next frame that may go, or null. */
    synchronized byte @Nullable [] next() {
        byte[] frame = ready.poll();
        if (frame != null) {
            octets -= frame.length;
        }
        return frame;
    }

    private void forget(byte[] frame) {
        octets -= frame.length;
        counters.dropped(Drop.OUT_NO_STATES);
    }
}
