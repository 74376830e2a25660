package org.ikebana.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayWindowTest {
    @Test
    void withoutWindowEverythingIsAccepted() {
        ReplayWindow window = new ReplayWindow(0);
        window.record(5);
        window.record(5);

        assertThat(window.accepts(5)).isTrue();
        assertThat(window.accepts(0)).isTrue();
    }

    @Test
    void sequenceNumbersBeginWithOne() {
        ReplayWindow window = new ReplayWindow(32);

        assertThat(window.accepts(0)).isFalse();
        assertThat(window.accepts(1)).isTrue();
    }

    @Test
    void theEdgeOfTheWindow() {
        ReplayWindow window = new ReplayWindow(32);
        window.record(100);

        assertThat(window.accepts(68)).isFalse();
        assertThat(window.accepts(69)).isTrue();
        assertThat(window.accepts(100)).isFalse();
        assertThat(window.accepts(101)).isTrue();
    }

    /** Against a set of all numbers ever seen. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 32, 64, 100, 4096})
    void agreesWithASet(int size) {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            ReplayWindow window = new ReplayWindow(size);
            Set<Long> seen = new HashSet<>();
            long highest = 0;
            long base = random.nextBoolean() ? 0 : 0xffff_ff00L;
            for (int i = 0; i < 2000; i++) {
                long jump = random.nextInt(20) == 0 ? random.nextInt(3 * size) : random.nextInt(4);
                long sequence = Math.max(base, highest) + jump - random.nextInt(size + 3);
                boolean expected = sequence > 0 && sequence > highest - size && !seen.contains(sequence);
                assertThat(window.accepts(sequence))
                        .as("seed %d step %d sequence %d highest %d", seed, i, sequence, highest)
                        .isEqualTo(expected);
                if (expected) {
                    window.record(sequence);
                    seen.add(sequence);
                    highest = Math.max(highest, sequence);
                }
            }
        }
    }
}
