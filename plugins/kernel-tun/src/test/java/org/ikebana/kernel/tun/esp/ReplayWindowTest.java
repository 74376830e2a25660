package org.ikebana.kernel.tun.esp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayWindowTest {
    private static final long WRAP = 1L << 32;

    @Test
    void takesEachNumberOnce() {
        ReplayWindow window = new ReplayWindow(32, false);
        assertThat(window.accepts(1)).isTrue();
        assertThat(window.record(1)).isTrue();
        assertThat(window.accepts(1)).isFalse();
        assertThat(window.record(1)).isFalse();
        assertThat(window.record(33)).isTrue();
        assertThat(window.accepts(1)).as("left of the window").isFalse();
        assertThat(window.accepts(2)).as("the window's first").isTrue();
        assertThat(window.highest()).isEqualTo(33);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void zeroIsNoNumber(boolean extended) {
        ReplayWindow window = new ReplayWindow(64, extended);
        assertThat(window.accepts(0)).isFalse();
        assertThat(window.record(0)).isFalse();
    }

    @Test
    void withoutAWindowAllGoes() {
        ReplayWindow window = new ReplayWindow(0, false);
        assertThat(window.sequence(-1)).isEqualTo(WRAP - 1);
        for (long sequence : new long[] {0, 7, 7, 3, WRAP - 1, 1}) {
            assertThat(window.accepts(sequence)).isTrue();
            assertThat(window.record(sequence)).isTrue();
        }
    }

    @Test
    void withoutAWindowTheNearestSubspaceIsTaken() {
        ReplayWindow window = new ReplayWindow(0, true);
        window.record(WRAP - 10);
        assertThat(window.sequence(5)).isEqualTo(WRAP + 5);
        window.record(WRAP + 5);
        assertThat(window.sequence(-10)).isEqualTo(WRAP - 10);
        assertThat(window.sequence(1000)).isEqualTo(WRAP + 1000);
    }

    @Test
    void anEndlessRunIsTakenWhereItLeads() {
        ReplayWindow window = new ReplayWindow(4096, true);
        for (long sequence = 1; sequence < WRAP * 1000; sequence += WRAP - 4096) {
            assertThat(window.sequence((int) sequence)).isEqualTo(sequence);
            assertThat(window.record(sequence)).isTrue();
        }
    }

    /** Appendix A2.2: case A is a window in one subspace, case B one that reaches into the subspace before. */
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "0x1_00000400, A, 0x000003c1, 0x1_000003c1",
        "0x1_00000400, A, 0x000003c0, 0x2_000003c0",
        "0x1_00000400, A, 0xffffffff, 0x1_ffffffff",
        "0x1_0000003f, A, 0x00000000, 0x1_00000000",
        "0x1_0000003e, B, 0xffffffff, 0x0_ffffffff",
        "0x1_0000003e, B, 0xfffffffe, 0x1_fffffffe",
        "0x1_0000003e, B, 0x00000040, 0x1_00000040",
        "0x2_00000000, B, 0xffffffc1, 0x1_ffffffc1",
        "0x2_00000000, B, 0xffffffc0, 0x2_ffffffc0",
        "0x2_00000000, B, 0x00000001, 0x2_00000001",
        "0x0_ffffffff, A, 0x00000000, 0x1_00000000",
        "0x0_0000003f, A, 0xffffffff, 0x0_ffffffff"
    })
    void infersTheUpperHalf(String highest, String ignoredCase, String low, String expected) {
        ReplayWindow window = new ReplayWindow(64, true);
        window.record(number(highest));
        assertThat(window.sequence((int) number(low))).isEqualTo(number(expected));
    }

    @Test
    void beforeTheFirstSubspaceIsNothing() {
        ReplayWindow window = new ReplayWindow(64, true);
        window.record(5);
        long sequence = window.sequence(-3);
        assertThat(window.accepts(sequence)).isFalse();
        assertThat(window.record(sequence)).isFalse();
        assertThat(window.highest()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 32, 33, 63, 64, 65, 100, 127, 128, 129, 1000, 1024, 4000, 4095, 4096})
    void doesAsASimpleModelDoes(int size) {
        for (boolean extended : new boolean[] {false, true}) {
            Random random = new Random(size);
            ReplayWindow window = new ReplayWindow(size, extended);
            Model model = new Model(size);
            long near = extended ? WRAP - 3L * size : 1;
            for (int i = 0; i < 30_000; i++) {
                long sequence = Math.max(0, near + random.nextInt(-2 * size - 5, 2 * size + 5));
                near += random.nextInt(40) == 0 ? random.nextInt(3 * size + 200) : random.nextInt(3);
                boolean expected = model.takes(sequence);
                assertThat(window.accepts(sequence))
                        .as("%d after %d", sequence, model.top)
                        .isEqualTo(expected);
                if (random.nextInt(4) > 0) {
                    assertThat(window.record(sequence)).isEqualTo(expected);
                    model.record(sequence);
                }
                assertThat(window.highest()).isEqualTo(model.top);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 100, 4096})
    void theLowerHalfIsEnoughWithinTheReach(int size) {
        Random random = new Random(size);
        for (int i = 0; i < 50_000; i++) {
            long top = random.nextBoolean()
                    ? random.nextLong(WRAP * 3) + size
                    : random.nextInt(1, 5) * WRAP - 50 + i % 100;
            ReplayWindow window = new ReplayWindow(size, true);
            window.record(top);
            long ahead = random.nextBoolean()
                    ? random.nextLong(-size + 1, WRAP - size + 1)
                    : random.nextLong(-size + 1, size);
            assertThat(window.sequence((int) (top + ahead))).isEqualTo(top + ahead);
        }
    }

    @Test
    void ofTwoThreadsOneGetsEachNumber() throws Exception {
        int count = 100_000;
        ReplayWindow window = new ReplayWindow(4096, true);
        AtomicInteger taken = new AtomicInteger();
        CyclicBarrier start = new CyclicBarrier(2);
        CyclicBarrier round = new CyclicBarrier(2);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Runnable racer = () -> {
                await(start);
                for (int i = 1; i <= count; i++) {
                    if (i % 2048 == 0) {
                        await(round);
                    }
                    if (window.record(i)) {
                        taken.incrementAndGet();
                    }
                }
            };
            Future<?> first = threads.submit(racer);
            Future<?> second = threads.submit(racer);
            first.get();
            second.get();
        }
        assertThat(taken).hasValue(count);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4097})
    void sizesHaveALimit(int size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReplayWindow(size, false))
                .withMessageContaining("0 to 4096");
    }

    private static long number(String text) {
        return new BigInteger(text.replace("_", "").substring(2), 16).longValueExact();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** RFC 4303 3.4.3 with a set. */
    private static final class Model {
        private final int size;
        private final Set<Long> seen = new HashSet<>();
        private long top;

        Model(int size) {
            this.size = size;
        }

        boolean takes(long sequence) {
            return sequence > 0 && sequence > top - size && !seen.contains(sequence);
        }

        void record(long sequence) {
            if (takes(sequence)) {
                seen.add(sequence);
                top = Math.max(top, sequence);
            }
        }
    }
}
