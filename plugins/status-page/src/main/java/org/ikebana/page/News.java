package org.ikebana.page;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.ikebana.ike.control.ChildTraffic;
import org.ikebana.ike.control.LastFailures;
import org.ikebana.ike.control.Notice;
import org.ikebana.ike.control.Subscriber;
import org.ikebana.ike.control.TunnelName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been heard of, since the daemon's start: the last failures and events, what ended SAs have carried. */
final class News implements Subscriber {
    private static final Logger LOG = LoggerFactory.getLogger("ikebana.control.page");

    private final LastFailures failures;
    private final ChildTraffic traffic;
    private final RecentEvents events = new RecentEvents();
    private final StateTimes states;
    private final AtomicLong heard = new AtomicLong();

    /** @param clock in nanoseconds */
    News(LongSupplier clock) {
        failures = new LastFailures(clock);
        traffic = new ChildTraffic(clock);
        states = new StateTimes(clock);
    }

    @Override
    public void on(Notice notice) {
        failures.on(notice);
        switch (notice) {
            case Notice.Happened happened -> events.add(happened.event());
            case Notice.ChildSaDown down -> {
                traffic.look(down.ikeSa().name().connection(), down.child());
                states.down(new TunnelName(
                        down.ikeSa().name().connection(), down.child().config().name()));
            }
            case Notice.ChildSaRekeyed rekeyed ->
                traffic.look(rekeyed.ikeSa().name().connection(), rekeyed.before());
            case Notice.ChildSaUp up -> {}
            case Notice.IkeSaUp up -> {}
            case Notice.IkeSaDown down -> {}
            case Notice.IkeSaRekeyed rekeyed -> {}
        }
        heard.incrementAndGet();
    }

    @Override
    public void cutOff() {
        failures.cutOff();
        events.cutOff();
        heard.incrementAndGet();
        LOG.warn("so much has happened at once that the status page could not follow: it shows no events and failures"
                + " from now on until the daemon is restarted");
    }

    /** How much has been heard; it counts on with every notice. */
    long heard() {
        return heard.get();
    }

    LastFailures failures() {
        return failures;
    }

    ChildTraffic traffic() {
        return traffic;
    }

    RecentEvents events() {
        return events;
    }

    StateTimes states() {
        return states;
    }
}
