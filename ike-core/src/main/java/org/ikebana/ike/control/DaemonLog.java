package org.ikebana.ike.control;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.event.Subsystem;
import org.slf4j.event.Level;

/** The daemon's log: its last lines, those to come, and how much goes into it. Safe for use by any thread. */
public interface DaemonLog {
    /** The lines that are kept, and then those that come, until it is closed. */
    Follower follow();

    /** How much of each part is logged now. */
    Map<Subsystem, Level> levels();

    /** From now on, until another such call or the next reload; nothing of a tunnel changes. */
    void set(Subsystem subsystem, Level level);

    /** As the configuration has it. */
    void reset();

    /** Takes one line after the other; for one thread. */
    interface Follower extends AutoCloseable {
        /** The next line; empty where there is none for so long. */
        Optional<LogEntry> next(Duration patience) throws InterruptedException;

        /** Lines that it has been too slow for since this was asked last. */
        long lost();

        @Override
        void close();
    }
}
