package org.ikebana.ike.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void waitsLongerEachTimeUpToTwoMinutes() {
        Backoff backoff = new Backoff();
        long seconds = 2;
        for (int i = 0; i < 10; i++) {
            assertThat(backoff.next(random)).isBetween(Duration.ofSeconds(seconds / 2), Duration.ofSeconds(seconds));
            seconds = Math.min(128, seconds * 2);
        }
    }

    @Test
    void beginsAnewAfterSuccess() {
        Backoff backoff = new Backoff();
        backoff.next(random);
        backoff.next(random);
        backoff.reset();
        assertThat(backoff.next(random)).isLessThanOrEqualTo(Duration.ofSeconds(2));
    }
}
