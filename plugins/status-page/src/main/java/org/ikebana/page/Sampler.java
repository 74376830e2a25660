package org.ikebana.page;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.ikebana.ike.control.ChildTraffic;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.Tunnel;
import org.ikebana.ike.control.TunnelName;
import org.ikebana.ike.sa.IkeSaStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at all tunnels again and again: often while somebody watches, else seldom, so that who opens the page sees where the
 * curves come from. What it sees is put into words once, however many are watching. Thread-safe.
 */
final class Sampler implements AutoCloseable {
    static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger("ikebana.control.page");
    private static final Duration INTERVAL_UNWATCHED = Duration.ofSeconds(30);
    /** Whoever has not asked for so long does not watch any more. */
    private static final Duration WATCHED = Duration.ofMinutes(1);
    /** When something has happened it looks earlier. What is carried in less time than this says little of how fast. */
    private static final Duration SHORTEST = Duration.ofMillis(500);

    private final DaemonControl daemon;
    private final News news;
    private final LongSupplier clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("status-page").daemon().factory());
    private final Curves curves = new Curves();
    private List<TunnelName> names = List.of();
    private byte[] status = {};
    private byte[] history = {};
    private long number;
    private long sampledAt;
    private long askedAt;
    private long heard;

    /** @param clock in nanoseconds */
    Sampler(DaemonControl daemon, News news, LongSupplier clock) {
        this.daemon = daemon;
        this.news = news;
        this.clock = clock;
        this.askedAt = clock.getAsLong() - WATCHED.toNanos();
    }

    void begin() {
        var unused = thread.scheduleAtFixedRate(this::tick, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** Of now, as JSON. */
    synchronized byte[] status() throws InterruptedException {
        askedAt = clock.getAsLong();
        refresh();
        return status;
    }

    /** The curves until now, as JSON. */
    synchronized byte[] history() throws InterruptedException {
        askedAt = clock.getAsLong();
        refresh();
        if (history.length == 0) {
            history = HistoryJson.of(number, names, curves, sampledAt);
        }
        return history;
    }

    private void refresh() throws InterruptedException {
        Duration age = age(sampledAt);
        boolean hasNews = news.heard() != heard && age.compareTo(SHORTEST) > 0;
        if (number == 0 || hasNews || age.compareTo(INTERVAL) > 0) {
            sample();
        }
    }

    private synchronized void tick() {
        try {
            boolean isWatched = age(askedAt).compareTo(WATCHED) < 0;
            boolean isDue = age(sampledAt).compareTo(SHORTEST) > 0;
            if (isWatched && isDue || number == 0 || age(sampledAt).compareTo(INTERVAL_UNWATCHED) > 0) {
                sample();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the daemon ends
        } catch (RuntimeException e) {
            LOG.error("A defect in Ikebana; please report it with these lines", e);
        }
    }

    private void sample() throws InterruptedException {
        long heardBefore = news.heard();
        List<IkeSaStatus> ikeSas = daemon.ikeSas(any -> true);
        List<Tunnel> tunnels = Tunnel.all(daemon, ikeSas, news.failures());
        names = tunnels.stream().map(Tunnel::name).toList();
        ChildTraffic traffic = news.traffic();
        ikeSas.forEach(traffic::look);
        traffic.keepOnly(names);
        news.states().keepOnly(names);
        sampledAt = clock.getAsLong();
        heard = heardBefore;
        number++;
        curves.next(sampledAt, names);
        names.forEach(name -> curves.add(name, traffic.of(name)));
        status = new StatusJson(daemon.facts(), news, curves).of(number, tunnels);
        history = new byte[0];
    }

    private Duration age(long time) {
        return Duration.ofNanos(clock.getAsLong() - time);
    }
}
