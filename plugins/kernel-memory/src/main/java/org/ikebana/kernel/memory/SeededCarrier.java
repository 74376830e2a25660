package org.ikebana.kernel.memory;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ikebana.kernel.memory.MemoryNetwork.UdpPacket;
import org.ikebana.kernel.model.KernelClock;

/**
 * Loses, repeats and delays packets as the random numbers say; delays that differ reorder.
 *
 * @param loss probability that a packet is lost, 0 to 1
 * @param repetition probability that one that is not lost arrives twice
 * @param shortest delay
 * @param longest delay, no less than {@code shortest}
 */
public record SeededCarrier(
        KernelClock clock, RandomGenerator random, double loss, double repetition, Duration shortest, Duration longest)
        implements MemoryNetwork.Carrier {
    /** All packets arrive, in order, after {@code delay}. */
    public static SeededCarrier faultless(KernelClock clock, RandomGenerator random, Duration delay) {
        return new SeededCarrier(clock, random, 0, 0, delay, delay);
    }

    @Override
    public void carry(UdpPacket packet, Consumer<UdpPacket> deliver) {
        if (random.nextDouble() < loss) {
            return;
        }
        int copies = random.nextDouble() < repetition ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            clock.schedule(delay(), () -> deliver.accept(packet));
        }
    }

    private Duration delay() {
        long spread = longest.minus(shortest).toNanos();
        return shortest.plusNanos(spread == 0 ? 0 : random.nextLong(spread + 1));
    }
}
