package org.ikebana.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapWatchTest {
    private final FakeHeap heap = new FakeHeap();

    private static final class FakeHeap implements HeapWatch.Heap {
        private long used = 20L << 20;
        private long live = used;
        private int collections;

        @Override
        public long used() {
            return used;
        }

        @Override
        public void collect() {
            used = live;
            collections++;
        }
    }

    @Test
    void collectsOnceHalfAsMuchAsLivesAndSomeRoomHaveBeenAdded() {
        try (HeapWatch watch = HeapWatch.of(heap)) {
            heap.used = 46L << 20;
            watch.look();
            assertThat(heap.collections).isZero();
            heap.used++;
            watch.look();
            assertThat(heap.collections).isOne();
            assertThat(heap.used).isEqualTo(20L << 20);
        }
    }

    @Test
    void measuresFromWhatTheLastCollectionHasLeft() {
        try (HeapWatch watch = HeapWatch.of(heap)) {
            heap.live = 100L << 20;
            heap.used = 110L << 20;
            watch.look();
            heap.used = 166L << 20;
            watch.look();
            assertThat(heap.collections).isOne();
            heap.used = 167L << 20;
            watch.look();
            assertThat(heap.collections).isEqualTo(2);
        }
    }
}
