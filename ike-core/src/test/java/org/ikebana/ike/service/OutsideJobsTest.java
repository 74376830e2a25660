package org.ikebana.ike.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ikebana.ike.environment.Place;
import org.ikebana.ike.environment.Timer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Places that take their time, and one that hangs. */
class OutsideJobsTest {
    private static final long LIMIT_SECONDS = 20;

    private static final Place ONE = new Place.Token("one");
    private static final Place OTHER = new Place.Token("other");
    private static final Place HANGING = new Place.Token("hanging");

    private final BlockingQueue<String> results = new LinkedBlockingQueue<>();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final OutsideJobs jobs = new OutsideJobs(Runnable::run);

    @AfterEach
    void close() {
        goOn.countDown();
        jobs.close();
    }

    @Test
    void whatHangsKeepsItsOwnPlaceOnly() throws Exception {
        jobs.begin(HANGING, this::hang, results::add);
        jobs.begin(HANGING, () -> "after it", results::add);
        jobs.begin(OTHER, () -> "other", results::add);
        assertThat(next()).isEqualTo("other");
        assertThat(results).isEmpty();
        goOn.countDown();
        assertThat(List.of(next(), next())).containsExactly("hung", "after it");
    }

    @Test
    void whoWantsSomethingElseOfTheProcessorsDoesNotWait() throws Exception {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        for (int i = 0; i < threads; i++) {
            jobs.begin(new Place.Processors("one"), this::hang, results::add);
        }
        jobs.begin(new Place.Processors("one"), () -> "after them", results::add);
        jobs.begin(new Place.Processors("other"), () -> "other", results::add);
        assertThat(next()).isEqualTo("other");
        assertThat(results).isEmpty();
    }

    @Test
    void whatIsCancelledInTimeIsNotDone() throws Exception {
        jobs.begin(ONE, this::hang, results::add);
        Timer cancelled = jobs.begin(ONE, () -> "cancelled", results::add).orElseThrow();
        jobs.begin(ONE, () -> "last", results::add);
        cancelled.cancel();
        goOn.countDown();
        assertThat(List.of(next(), next())).containsExactly("hung", "last");
    }

    @Test
    void soManyWaitForAPlaceAndNoMore() {
        jobs.begin(ONE, this::hang, results::add);
        for (int i = 0; i < OutsideJobs.MAX_WAITING; i++) {
            assertThat(jobs.begin(ONE, () -> "waiting", results::add)).isPresent();
        }
        assertThat(jobs.begin(ONE, () -> "too many", results::add)).isEmpty();
        assertThat(jobs.begin(OTHER, () -> "other", results::add)).isPresent();
    }

    @Test
    void aDefectOfOneJobDoesNotEndTheOthers() throws Exception {
        jobs.begin(
                ONE,
                () -> {
                    throw new IllegalStateException("made by a test: a line in the log is right");
                },
                results::add);
        jobs.begin(ONE, () -> "next", results::add);
        assertThat(next()).isEqualTo("next");
    }

    @Test
    void nothingBeginsAfterTheEnd() {
        jobs.begin(ONE, this::hang, results::add);
        jobs.close();
        assertThat(jobs.begin(ONE, () -> "late", results::add)).isEmpty();
        assertThat(jobs.begin(OTHER, () -> "late", results::add)).isEmpty();
    }

    private String next() throws InterruptedException {
        return String.valueOf(results.poll(LIMIT_SECONDS, TimeUnit.SECONDS));
    }

    private String hang() {
        try {
            return goOn.await(LIMIT_SECONDS, TimeUnit.SECONDS) ? "hung" : "hung for too long";
        } catch (InterruptedException e) {
            return "interrupted";
        }
    }
}
