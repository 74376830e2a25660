package org.ikebana.ike.engine;

import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.wire.InitGlance;
import org.jspecify.annotations.Nullable;

/**
 * Looks at datagrams before they come to the event loop, while cookies are asked of everybody (RFC 7296 2.6): who shows none
 * is asked for one here, and takes nobody's turn. So a flood of invented addresses costs as little as can be, and whoever does
 * get our answers is served as ever. Where more come in than can be answered, those that ask again are answered first, as invented
 * addresses have no reason to: so a genuine peer waits for its first repetition at most, and nothing is lost unread. Whichever
 * threads receive call it; the event loop tells it what to do.
 */
public final class Doorkeeper {
    /** That many wait for the event loop: more is coming in than it can do. */
    private static final int PRESSURE = 256;

    /** So long it goes on after that. */
    private static final long RELIEF_NANOS = 10_000_000_000L;

    /** So long after it last had read everything a thread is behind. */
    private static final long BEHIND_NANOS = 20_000_000L;

    private final Environment environment;
    private final boolean isAllowed;
    /** There are as many as threads that receive: one or two. */
    private final ThreadLocal<Desk> desks;

    private final Set<Origin> halfOpen = ConcurrentHashMap.newKeySet();
    private final LongAdder demands = new LongAdder();
    private final LongAdder broken = new LongAdder();
    private final LongAdder putOff = new LongAdder();
    private volatile boolean isCrowded;
    private volatile boolean isPressed;
    private volatile long pressedAt;

    /** Which requests belong to the same half-open SA (RFC 7296 2.1). */
    record Origin(long initiatorSpi, InetSocketAddress remote) {}

    /** What becomes of a datagram. */
    public sealed interface Verdict {
        /** It is the event loop's. */
        record Pass() implements Verdict {}

        record Drop() implements Verdict {}

        record Answer(Datagram datagram) implements Verdict {}
    }

    /** What a receiving thread has to itself. */
    private static final class Desk {
        private final Cookies cookies;
        private @Nullable Repeats repeats;
        private boolean tells;
        private long drainedAt;

        private Desk(CookieSecrets secrets) {
            this.cookies = new Cookies(secrets);
        }

        private boolean isBehind(long now) {
            return tells && now - drainedAt > BEHIND_NANOS;
        }

        private boolean isRepeated(long initiatorSpi, InetSocketAddress remote, long now) {
            if (repeats == null) {
                repeats = new Repeats(now);
            }
            return repeats.note(initiatorSpi, remote, now);
        }
    }

    private static final Verdict PASS = new Verdict.Pass();
    private static final Verdict DROP = new Verdict.Drop();

    Doorkeeper(Environment environment, IkeSettings settings, CookieSecrets secrets) {
        this.environment = environment;
        this.isAllowed = settings.cookieThreshold() > 0;
        this.desks = ThreadLocal.withInitial(() -> new Desk(secrets));
    }

    /** The calling thread has read whatever was there. Of one that never says so it is not known whether it is behind. */
    public void drained() {
        Desk desk = desks.get();
        desk.tells = true;
        desk.drainedAt = environment.nanoTime();
        if (!isCrowded && !isPressed) {
            desk.repeats = null;
        }
    }

    public Verdict look(Datagram datagram) {
        if (!isAllowed || !(isCrowded || isPressed())) {
            return PASS;
        }
        return switch (InitGlance.at(datagram.payload())) {
            case InitGlance.Other other -> PASS;
            case InitGlance.Broken nothing -> {
                broken.increment();
                yield DROP;
            }
            case InitGlance.Request request -> look(datagram, request);
        };
    }

    /** Requests that were answered with a cookie here. */
    long demands() {
        return demands.sum();
    }

    /** Requests that were none. */
    long broken() {
        return broken.sum();
    }

    /** Requests that were left unanswered, as more came in than could be. */
    long putOff() {
        return putOff.sum();
    }

    /** On the event loop: whether so many are half-open that everybody is asked. */
    void crowded(boolean now) {
        isCrowded = now;
    }

    /** On the event loop: its request may be repeated, and is answered as before. */
    void opened(Origin origin) {
        halfOpen.add(origin);
    }

    /** On the event loop. */
    void settled(Origin origin) {
        halfOpen.remove(origin);
    }

    private Verdict look(Datagram datagram, InitGlance.Request request) {
        InetSocketAddress remote = datagram.remote();
        Desk desk = desks.get();
        boolean isKnown = (request.cookieTo() > 0 && desk.cookies.accepts(request, remote.getAddress()))
                || halfOpen.contains(new Origin(request.initiatorSpi(), remote));
        if (isKnown) {
            return PASS;
        }
        long now = environment.nanoTime();
        if (desk.isBehind(now) && !desk.isRepeated(request.initiatorSpi(), remote, now)) {
            putOff.increment();
            return DROP;
        }
        demands.increment();
        byte[] demand = request.demand(desk.cookies.make(request, remote.getAddress()));
        return new Verdict.Answer(new Datagram(datagram.local(), remote, demand));
    }

    private boolean isPressed() {
        if (environment.waiting() >= PRESSURE) {
            isPressed = true;
            pressedAt = environment.nanoTime();
        } else if (isPressed && environment.nanoTime() - pressedAt > RELIEF_NANOS) {
            isPressed = false;
        }
        return isPressed;
    }
}
