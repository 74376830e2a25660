package org.ikebana.ike.engine;

import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.wire.InitGlance;

/**
 * Looks at datagrams before they come to the event loop, while cookies are asked of everybody (RFC 7296 2.6): who shows none
 * is asked for one here, and takes nobody's turn. So a flood of invented addresses costs as little as can be, and whoever does
 * get our answers is served as ever. Whichever threads receive call it; the event loop tells it what to do.
 */
public final class Doorkeeper {
    /** That many wait for the event loop: more is coming in than it can do. */
    private static final int PRESSURE = 256;

    /** So long it goes on after that. */
    private static final long RELIEF_NANOS = 10_000_000_000L;

    private final Environment environment;
    private final boolean isAllowed;
    /** There are as many as threads that receive: one or two. */
    private final ThreadLocal<Cookies> cookies;

    private final Set<Origin> halfOpen = ConcurrentHashMap.newKeySet();
    private final LongAdder demands = new LongAdder();
    private final LongAdder broken = new LongAdder();
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

    private static final Verdict PASS = new Verdict.Pass();
    private static final Verdict DROP = new Verdict.Drop();

    Doorkeeper(Environment environment, IkeSettings settings, CookieSecrets secrets) {
        this.environment = environment;
        this.isAllowed = settings.cookieThreshold() > 0;
        this.cookies = ThreadLocal.withInitial(() -> new Cookies(secrets));
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
        Cookies own = cookies.get();
        boolean isKnown = (request.cookieTo() > 0 && own.accepts(request, remote.getAddress()))
                || halfOpen.contains(new Origin(request.initiatorSpi(), remote));
        if (isKnown) {
            return PASS;
        }
        demands.increment();
        byte[] demand = request.demand(own.make(request, remote.getAddress()));
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
