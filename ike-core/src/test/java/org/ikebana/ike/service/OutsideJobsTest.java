package org.ikebana.ike.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ikebana.ike.environment.Timer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Places that take their time, and one that hangs. */
class OutsideJobsTest {
    private static final long LIMIT_SECONDS = 20;

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
        jobs.begin("hanging", this::hang, results::add);
        jobs.begin("hanging", () -> "after it", results::add);
        jobs.begin("other", () -> "other", results::add);
        assertThat(next()).isEqualTo("other");
        assertThat(results).isEmpty();
        goOn.countDown();
        assertThat(List.of(next(), next())).containsExactly("hung", "after it");
    }

    @Test
    void whatIsCancelledInTimeIsNotDone() throws Exception {
        jobs.begin("one", this::hang, results::add);
        Timer cancelled = jobs.begin("one", () -> "cancelled", results::add).orElseThrow();
        jobs.begin("one", () -> "last", results::add);
        cancelled.cancel();
        goOn.countDown();
        assertThat(List.of(next(), next())).containsExactly("hung", "last");
    }

    @Test
    void soManyWaitForAPlaceAndNoMore() {
        jobs.begin("one", this::hang, results::add);
        for (int i = 0; i < OutsideJobs.MAX_WAITING; i++) {
            assertThat(jobs.begin("one", () -> "waiting", results::add)).isPresent();
        }
        assertThat(jobs.begin("one", () -> "too many", results::add)).isEmpty();
        assertThat(jobs.begin("other", () -> "other", results::add)).isPresent();
    }

    @Test
    void aDefectOfOneJobDoesNotEndTheOthers() throws Exception {
        jobs.begin(
                "one",
                () -> {
                    throw new IllegalStateException("made by a test: a line in the log is right");
                },
                results::add);
        jobs.begin("one", () -> "next", results::add);
        assertThat(next()).isEqualTo("next");
    }

    @Test
    void nothingBeginsAfterTheEnd() {
        jobs.begin("one", this::hang, results::add);
        jobs.close();
        assertThat(jobs.begin("one", () -> "late", results::add)).isEmpty();
        assertThat(jobs.begin("other", () -> "late", results::add)).isEmpty();
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
