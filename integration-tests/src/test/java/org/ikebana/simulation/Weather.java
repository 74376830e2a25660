package org.ikebana.simulation;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ikebana.kernel.model.VirtualClock;

/**
 * What the network does to packets.
 *
 * @param lossPercent of all
 * @param duplicatePercent of those that are not lost
 * @param slowPercent of all: these take up to {@code slowest}, and are overtaken
 */
record Weather(int lossPercent, int duplicatePercent, int slowPercent, Duration slowest) {
    static final Weather FAIR = new Weather(0, 0, 0, Duration.ZERO);
    private static final Duration DELAY = Duration.ofMillis(10);

    static Weather of(RandomGenerator random) {
        return new Weather(
                random.nextInt(3) * random.nextInt(20),
                random.nextInt(2) * random.nextInt(20),
                random.nextInt(2) * random.nextInt(30),
                Duration.ofMillis(20L << random.nextInt(10)));
    }

    /** @param arrive runs as often as the packet arrives, after the delay that it is given */
    String carry(RandomGenerator random, Consumer<Duration> arrive) {
        if (random.nextInt(100) < lossPercent) {
            return "lost";
        }
        arrive.accept(delay(random));
        if (random.nextInt(100) < duplicatePercent) {
            arrive.accept(delay(random));
            return "twice";
        }
        return "";
    }

    /** For packets that are no datagrams of IKE. */
    void carry(RandomGenerator random, VirtualClock time, Runnable arrival) {
        carry(random, delay -> time.schedule(delay, arrival));
    }

    private Duration delay(RandomGenerator random) {
        boolean isSlow = random.nextInt(100) < slowPercent;
        return isSlow ? DELAY.plusMillis(random.nextLong(slowest.toMillis() + 1)) : DELAY;
    }
}
