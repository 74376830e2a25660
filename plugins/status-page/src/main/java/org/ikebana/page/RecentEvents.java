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
        lines.addFirst(new Line(Instant.now(), kind(event), Shortened.text(EventLog.describe(event))));
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
