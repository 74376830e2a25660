package org.ikebana.daemon.authority;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;

/** From when until when, whole seconds both. */
public record Validity(Instant begin, Instant end) {
    /** As {@code notAfter} and {@code nextUpdate} can be written (RFC 5280 4.1.2.5). */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /**
     * @param begin of the validity; now if not given
     * @param end of the validity; the lifetime after its begin if not given
     */
    public static Validity of(Instant now, Optional<Instant> begin, Optional<Instant> end, Duration lifetime)
            throws AuthorityException {
        Instant first = begin.orElse(now).truncatedTo(ChronoUnit.SECONDS);
        Instant last = end.orElseGet(() -> first.plus(lifetime)).truncatedTo(ChronoUnit.SECONDS);
        if (!last.isAfter(first)) {
            throw new AuthorityException("it would end on " + last + ", before it begins on " + first);
        }
        if (last.isAfter(LAST)) {
            throw new AuthorityException("it would end after the year 9999; make its lifetime shorter");
        }
        return new Validity(first, last);
    }

    /** Until then, if it would last longer. */
    public Validity atMostUntil(Instant other) {
        return end.isAfter(other) ? new Validity(begin, other) : this;
    }

    Date beginDate() {
        return Date.from(begin);
    }

    Date endDate() {
        return Date.from(end);
    }
}
