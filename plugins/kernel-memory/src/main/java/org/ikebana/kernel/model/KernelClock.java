package org.ikebana.kernel.model;

import java.time.Duration;
import java.time.Instant;
import org.ikebana.ike.environment.Timer;

/** The model's time, given from outside: virtual in tests, {@link RealTimeClock} in a daemon. */
public interface KernelClock {
    Instant now();

    /**
     * Runs {@code task} once after {@code delay}, never within this call. Tasks run one at a time in the order of their
     * times, those of equal time in the order of the calls.
     */
    Timer schedule(Duration delay, Runnable task);
}
