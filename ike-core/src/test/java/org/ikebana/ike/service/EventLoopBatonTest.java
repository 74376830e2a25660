package org.ikebana.ike.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who has the time runs an input where it came, and nothing is lost or runs twice at a time for that. */
class EventLoopBatonTest {
    private static final long LIMIT_SECONDS = 20;

    private final EventLoop loop = new EventLoop("test");

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void anInputWaitsForTheLoopUntilThatIsStarted() throws Exception {
        AtomicReference<String> where = new AtomicReference<>("not run");
        CountDownLatch done = new CountDownLatch(1);
        loop.offerOrRun(() -> {
            where.set(Thread.currentThread().getName());
            done.countDown();
        });
        assertThat(where).hasValue("not run");
        loop.start();
        await(done);
        assertThat(where).hasValue("test");
    }

    @Test
    void anInputRunsWhereItCameWhileTheLoopSleeps() throws Exception {
        loop.start();
        assertThat(runHere(() -> {})).isTrue();
    }

    @Test
    void whatIsHandedOverMeanwhileRunsAfterwards() throws Exception {
        loop.start();
        CountDownLatch after = new CountDownLatch(1);
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicBoolean wasOver = new AtomicBoolean();
        boolean here = runHere(() -> {
            joined(() -> loop.execute(() -> {
                wasOver.set(isOver.get());
                after.countDown();
            }));
            isOver.set(true);
        });
        await(after);
        assertThat(here).isTrue();
        assertThat(wasOver).isTrue();
    }

    @Test
    void aTimerThatIsSetThereGoesOffThoughTheLoopSleepsForLonger() throws Exception {
        loop.start();
        CountDownLatch rung = new CountDownLatch(1);
        assertThat(runHere(() -> loop.after(Duration.ofMillis(5), rung::countDown)))
                .isTrue();
        await(rung);
    }

    @Test
    void manyThreadsRunEverythingOnceAndOneAtATime() throws Exception {
        int each = 20_000;
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        int[] ran = new int[1];
        CountDownLatch all = new CountDownLatch(1);
        Runnable work = () -> {
            overlaps.addAndGet(inside.getAndIncrement());
            ran[0]++;
            if (ran[0] % 100 == 0) {
                loop.after(Duration.ZERO, () -> {});
            }
            if (ran[0] == 3 * each) {
                all.countDown();
            }
            inside.decrementAndGet();
        };
        loop.start();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            threads.add(Thread.ofPlatform()
                    .start(() -> repeat(each, () -> {
                        while (!loop.offerOrRun(work)) {
                            Thread.onSpinWait();
                        }
                    })));
        }
        threads.add(Thread.ofPlatform().start(() -> repeat(each, () -> loop.execute(work))));
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(LIMIT_SECONDS));
        }
        await(all);
        assertThat(ran[0]).isEqualTo(3 * each);
        assertThat(overlaps).hasValue(0);
    }

    /** The loop's thread may be about to fall asleep; then its turn is waited for. */
    private boolean runHere(Runnable input) throws InterruptedException {
        AtomicBoolean here = new AtomicBoolean();
        Thread self = Thread.currentThread();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!here.get() && System.nanoTime() - end < 0) {
            CountDownLatch done = new CountDownLatch(1);
            loop.offerOrRun(() -> {
                if (Thread.currentThread() == self) {
                    here.set(true);
                    input.run();
                }
                done.countDown();
            });
            await(done);
        }
        return here.get();
    }

    private static void joined(Runnable action) {
        try {
            Thread.ofPlatform().start(action).join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void repeat(int times, Runnable action) {
        for (int i = 0; i < times; i++) {
            action.run();
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
}
