package org.ikebana.ike.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ikebana.ike.environment.Timer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopTest {
    private static final long LIMIT_SECONDS = 20;

    private final EventLoop loop = new EventLoop("test");
    private final List<String> done = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void runsTimersInTheOrderOfTheirTimesAndNotCancelledOnes() throws Exception {
        loop.execute(() -> {
            loop.after(Duration.ofMillis(400), () -> done.add("second"));
            loop.after(Duration.ofMillis(200), () -> done.add("first"));
            Timer cancelled = loop.after(Duration.ofMillis(300), () -> done.add("cancelled"));
            loop.after(Duration.ofMillis(600), end::countDown);
            cancelled.cancel();
        });
        run();
        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void aDefectEndsOneActionAndNotTheLoop() throws Exception {
        loop.execute(() -> {
            throw new IllegalStateException("made by a test: a line in the log is right");
        });
        loop.execute(end::countDown);
        run();
    }

    @Test
    void whatComesFromOutsideIsBounded() throws Exception {
        int taken = 0;
        for (int i = 0; i < EventLoop.INPUT_LIMIT + 10; i++) {
            taken += loop.offer(() -> done.add("input")) ? 1 : 0;
        }
        assertThat(taken).isEqualTo(EventLoop.INPUT_LIMIT);
        assertThat(loop.waiting()).isEqualTo(EventLoop.INPUT_LIMIT);
        loop.execute(() -> loop.after(Duration.ofMillis(1), () -> loop.offer(end::countDown)));
        run();
        assertThat(done).hasSize(EventLoop.INPUT_LIMIT);
        assertThat(loop.waiting()).isZero();
    }

    @Test
    void whatComesFromOutsideWaitsForOneTurnOfCommandsAtMost() throws Exception {
        for (int i = 0; i < 10; i++) {
            loop.execute(() -> work("command"));
        }
        loop.offer(() -> done.add("input"));
        loop.execute(end::countDown);
        run();
        assertThat(done).hasSize(11).startsWith("command", "input", "command");
    }

    @Test
    void whatComesFromOutsideWaitsForOneTurnOfTimersAtMost() throws Exception {
        loop.execute(() -> {
            loop.after(Duration.ZERO, () -> {
                loop.offer(() -> done.add("input"));
                work("timer");
            });
            for (int i = 0; i < 9; i++) {
                loop.after(Duration.ZERO, () -> work("timer"));
            }
            loop.after(Duration.ZERO, end::countDown);
        });
        run();
        assertThat(done).hasSize(11).startsWith("timer", "input", "timer");
    }

    /** Longer than a turn. */
    private void work(String name) {
        long end = System.nanoTime() + Duration.ofMillis(6).toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        done.add(name);
    }

    private void run() throws InterruptedException {
        loop.start();
        assertThat(end.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
}
