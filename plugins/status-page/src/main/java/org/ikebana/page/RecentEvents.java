package org.ikebana.page;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.service.EventLog;

/** The last {@link #MOST} events. Thread-safe. */
final class RecentEvents {
    static final int MOST = 100;
    /** What a peer can make long is cut here. */
    private static final int LONGEST = 2000;

    private final Deque<Line> lines = new ArrayDeque<>(MOST);
    private boolean isComplete = true;

    /** For {@code page.css}, by its name in lower case. */
    enum Kind {
        ERROR,
        WARNING,
        INFO
    }

    record Line(Instant at, Kind kind, String text) {}

    synchronized void add(IkeEvent event) {
        if (lines.size() == MOST) {
            lines.removeLast();
        }
        String text = EventLog.describe(event);
        lines.addFirst(
                new Line(Instant.now(), kind(event), text.length() <= LONGEST ? text : text.substring(0, LONGEST)));
    }

    synchronized void cutOff() {
        isComplete = false;
    }

    /** Newest first. */
    synchronized List<Line> lines() {
        return List.copyOf(lines);
    }

    /** False where some have been missed, and none come any more. */
    synchronized boolean isComplete() {
        return isComplete;
    }

    private static Kind kind(IkeEvent event) {
        return switch (event) {
            case IkeEvent.NegotiationFailed failed -> Kind.ERROR;
            case IkeEvent.Warning warning -> Kind.WARNING;
            case IkeEvent.CertificateExpiring expiring -> Kind.WARNING;
            case IkeEvent.RequestRetransmitted again -> Kind.WARNING;
            default -> Kind.INFO;
        };
    }
}
