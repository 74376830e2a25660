package org.ikebana.kernel.tun.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MemoryDeviceTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final MemoryDevice device = new MemoryDevice("memory0", 1400, 2);
    private final ByteBuffer memory = ByteBuffer.allocateDirect(PacketQueue.MAX_FRAME);

    @Test
    void bringsWhatIsInjectedBehindAnEmptyHeader() throws Exception {
        PacketQueue queue = device.queues().getFirst();
        assertThat(queue.read(memory, 0, memory.capacity())).isZero();

        assertThat(device.inject(new byte[] {0x45, 1, 2})).isTrue();
        queue.await();

        assertThat(queue.read(memory, 100, 1000)).isEqualTo(13);
        byte[] frame = new byte[13];
        memory.get(100, frame);
        assertThat(frame).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x45, 1, 2);
        assertThat(device.queues().get(1).read(memory, 0, 1000)).isZero();
    }

    @Test
    void givesWhatWasWrittenToAnyQueue() throws Exception {
        memory.put(10, (byte) 0x60).put(11, (byte) 7);
        assertThat(device.tryTake()).isEmpty();

        assertThat(device.queues().get(1).write(memory, 0, 12)).isTrue();
        memory.put(0, (byte) 1);
        assertThat(device.queues().get(0).write(memory, 0, 12)).isTrue();

        assertThat(device.take(LONG)).contains(new byte[] {0x60, 7});
        assertThat(device.takeFrame(LONG)).contains(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x60, 7});
        assertThat(device.tryTake()).isEmpty();
    }

    @Test
    void waitsForAFrameOrAWake() throws Exception {
        PacketQueue queue = device.queues().get(1);
        queue.wake();
        queue.await();

        CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> {
            try {
                queue.await();
                return queue.read(memory, 0, memory.capacity());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(device.injectFrame(1, new byte[20])).isTrue();

        assertThat(reader.get(20, TimeUnit.SECONDS)).isEqualTo(20);
    }

    @Test
    void dropsWhatItsQueuesDoNotHold() throws Exception {
        byte[] large = new byte[65_000];
        int taken = 0;
        while (device.inject(large)) {
            taken++;
        }
        assertThat(taken).isEqualTo((4 << 20) / (65_000 + 14));
        PacketQueue queue = device.queues().getFirst();
        int written = 0;
        while (queue.write(memory, 0, 65_010)) {
            written++;
        }
        assertThat(written).isEqualTo(taken);
        assertThat(device.tryTake()).contains(large);
    }

    @Test
    void isGoneWhenClosed() throws Exception {
        PacketQueue queue = device.queues().getFirst();
        queue.write(memory, 0, 11);
        device.close();
        queue.await();

        assertThatThrownBy(() -> queue.read(memory, 0, 100)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> queue.write(memory, 0, 100)).isInstanceOf(IOException.class);
        assertThat(device.inject(new byte[20])).isFalse();
        assertThat(device.tryTake()).contains(new byte[1]);
    }
}
