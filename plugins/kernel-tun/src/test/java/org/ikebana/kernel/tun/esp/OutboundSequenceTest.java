package org.ikebana.kernel.tun.esp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class OutboundSequenceTest {
    private static final long LAST = 0xffff_ffffL;

    @Test
    void startsWithOne() {
        OutboundSequence sequence = new OutboundSequence(false);
        assertThat(sequence.taken()).isZero();
        assertThat(sequence.next()).isEqualTo(1);
        assertThat(sequence.reserve(10)).isEqualTo(2);
        assertThat(sequence.next()).isEqualTo(12);
        assertThat(sequence.taken()).isEqualTo(12);
    }

    @Test
    void neverCycles() {
        OutboundSequence sequence = new OutboundSequence(false, LAST - 3);
        assertThat(sequence.reserve(4)).as("three are left").isZero();
        assertThat(sequence.reserve(2)).isEqualTo(LAST - 2);
        assertThat(sequence.next()).isEqualTo(LAST);
        assertThat(sequence.next()).isZero();
        assertThat(sequence.next()).isZero();
        assertThat(sequence.taken()).isEqualTo(LAST);
    }

    @Test
    void extendedNumbersGoOn() {
        OutboundSequence sequence = new OutboundSequence(true, LAST);
        assertThat(sequence.next()).isEqualTo(LAST + 1);
        OutboundSequence end = new OutboundSequence(true, Long.MAX_VALUE - 1);
        assertThat(end.next()).isEqualTo(Long.MAX_VALUE);
        assertThat(end.next()).isZero();
    }

    @Test
    void threadsShareNoNumber() throws Exception {
        OutboundSequence sequence = new OutboundSequence(false);
        BitSet all = new BitSet();
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<BitSet>> results = new ArrayList<>();
            for (int run : new int[] {1, 3, 7}) {
                results.add(threads.submit(() -> draw(sequence, run)));
            }
            for (Future<BitSet> result : results) {
                assertThat(all.intersects(result.get())).isFalse();
                all.or(result.get());
            }
        }
        assertThat(all.cardinality()).isEqualTo(20_000 * 11);
        assertThat(all.get(0)).isFalse();
    }

    @Test
    void refusesNonsense() {
        assertThatIllegalArgumentException().isThrownBy(() -> new OutboundSequence(false, LAST + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new OutboundSequence(true, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new OutboundSequence(true).reserve(0));
    }

    private static BitSet draw(OutboundSequence sequence, int run) {
        BitSet drawn = new BitSet();
        for (int i = 0; i < 20_000; i++) {
            int first = Math.toIntExact(sequence.reserve(run));
            drawn.set(first, first + run);
        }
        return drawn;
    }
}
