package org.ikebana.ike.service;

import java.util.Map;
import org.ikebana.ike.control.DaemonLog;
import org.ikebana.ike.event.Subsystem;
import org.slf4j.event.Level;

/** Has no lines, and levels that are for whoever configures slf4j to set. */
final class UnkeptLog implements DaemonLog {
    private final LogHistory nothing = new LogHistory();

    @Override
    public Follower follow() {
        return nothing.follow();
    }

    @Override
    public Map<Subsystem, Level> levels() {
        return Map.of();
    }

    @Override
    public void set(Subsystem subsystem, Level level) {
        throw new UnsupportedOperationException("the levels of this program are not ours to set");
    }

    @Override
    public void reset() {
        throw new UnsupportedOperationException("the levels of this program are not ours to set");
    }
}
