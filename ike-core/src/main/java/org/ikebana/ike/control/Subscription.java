package org.ikebana.ike.control;

import java.time.Duration;

/** Ends when it is closed, with what the subscriber has not heard yet. */
public interface Subscription extends AutoCloseable {
    /** Waits until the subscriber has heard of all that has happened so far; no longer than that. */
    void await(Duration patience) throws InterruptedException;

    @Override
    void close();
}
