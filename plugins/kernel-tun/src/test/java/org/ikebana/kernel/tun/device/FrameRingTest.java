package org.ikebana.kernel.tun.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameRingTest {
    @Test
    void givesBackWhatItTookInOrderAndRefusesWhatDoesNotFit() {
        int capacity = 1000;
        FrameRing ring = new FrameRing(capacity);
        Deque<byte[]> model = new ArrayDeque<>();
        Random random = new Random(1);
        int used = 0;
        int refused = 0;
        ByteBuffer memory = ByteBuffer.allocateDirect(600);
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(100) < 55) {
                byte[] frame = new byte[random.nextInt(300)];
                random.nextBytes(frame);
                memory.put(7, frame);
                boolean fits = used + 4 + frame.length <= capacity;
                assertThat(ring.put(memory, 7, frame.length)).isEqualTo(fits);
                if (fits) {
                    model.add(frame);
                    used += 4 + frame.length;
                } else {
                    refused++;
                }
            } else if (!model.isEmpty()) {
                byte[] frame = model.remove();
                used -= 4 + frame.length;
                assertThat(ring.nextLength()).isEqualTo(frame.length);
                assertThat(ring.take(memory, 3, 500)).isEqualTo(frame.length);
                byte[] taken = new byte[frame.length];
                memory.get(3, taken);
                assertThat(taken).isEqualTo(frame);
            }
            assertThat(ring.isEmpty()).isEqualTo(model.isEmpty());
        }
        assertThat(refused).isGreaterThan(1000);
    }

    @Test
    void cutsAFrameToTheRoomThatThereIs() {
        FrameRing ring = new FrameRing(100);
        ring.put(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5}), 0, 5);
        ring.put(ByteBuffer.wrap(new byte[] {6}), 0, 1);
        ByteBuffer memory = ByteBuffer.allocate(4);

        assertThat(ring.take(memory, 1, 2)).isEqualTo(2);
        assertThat(memory.array()).containsExactly(0, 1, 2, 0);
        assertThat(ring.nextLength()).as("the rest of the first is lost").isEqualTo(1);
    }
}
