package org.ikebana.kernel.tun.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;

/** What must hold of a frame or a packet whatever is in it. */
final class HostileFrame {
    private static final int GUARD = 16;
    private static final int MAX_CHECKED_SEGMENTS = 100;

    private final Segmenter segmenter = new Segmenter();
    private final Coalescer coalescer = new Coalescer(true);
    private final ByteBuffer in = ByteBuffer.allocateDirect(65_535);
    private final ByteBuffer out = ByteBuffer.allocateDirect(65_535 + GUARD);

    /** Returns whether it was taken. */
    boolean segment(byte[] frame) {
        if (!segmenter.begin(memory(frame), 0, frame.length)) {
            assertThat(segmenter.segments()).isZero();
            return false;
        }
        int largest = segmenter.largestSegment();
        assertThat(segmenter.segments()).isPositive();
        assertThat(largest).isBetween(20, frame.length - VirtioHeader.LENGTH);
        int step = 1 + segmenter.segments() / MAX_CHECKED_SEGMENTS;
        for (int i = 0; i < segmenter.segments(); i += step) {
            out.putLong(largest, 0x5a5a_5a5a_5a5a_5a5aL);
            assertThat(segmenter.write(i, out, 0)).isBetween(20, largest);
            assertThat(out.getLong(largest)).as("behind the segment").isEqualTo(0x5a5a_5a5a_5a5a_5a5aL);
        }
        return true;
    }

    /** All that goes in comes out, once. */
    void coalesce(byte[] packet) {
        ByteBuffer memory = memory(packet);
        int frames = 0;
        while (!coalescer.add(memory, 0, packet.length)) {
            write();
            assertThat(++frames).as("frames in the way of one packet").isLessThanOrEqualTo(Coalescer.MAX_FLOWS);
        }
    }

    /** Writes what is left. */
    void flush() {
        while (!coalescer.isEmpty()) {
            write();
        }
    }

    /** Ends where they end, so that none can be read behind them. */
    private ByteBuffer memory(byte[] octets) {
        return in.slice(0, octets.length).put(0, octets);
    }

    private void write() {
        assertThat(coalescer.frameLength()).isBetween(VirtioHeader.LENGTH + 1, VirtioHeader.LENGTH + 65_535);
        coalescer.reset();
    }
}
