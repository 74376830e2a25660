package org.ikebana.page;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.ikebana.ike.control.ChildTraffic;
import org.ikebana.ike.control.TunnelName;

/**
 * How fast tunnels have carried what: points of the last {@link #LENGTH}, no more than {@link #MOST_POINTS}, all tunnels' at the
 * same moments. Not thread-safe.
 */
final class Curves {
    static final Duration LENGTH = Duration.ofMinutes(5);
    static final int MOST_POINTS = 150;

    /** In nanoseconds; point {@code n} is at {@code n % MOST_POINTS}, as in the curves. */
    private final long[] times = new long[MOST_POINTS];

    private final Map<TunnelName, Curve> curves = new HashMap<>();
    private long points;

    /** In octets per second; not a number where it is not known. */
    record Rate(float in, float out) {
        static final Rate UNKNOWN = new Rate(Float.NaN, Float.NaN);
    }

    private static final class Curve {
        private final Rate[] rates = new Rate[MOST_POINTS];
        private ChildTraffic.Total last;

        Curve(ChildTraffic.Total last) {
            this.last = last;
            Arrays.fill(rates, Rate.UNKNOWN);
        }
    }

    /** Begins with the next point. Tunnels that are not among these are forgotten. */
    void next(long nanoTime, Collection<TunnelName> tunnels) {
        curves.keySet().retainAll(tunnels);
        times[slot(points)] = nanoTime;
        points++;
    }

    /** What a tunnel has carried until the moment of this point, in all. */
    void add(TunnelName tunnel, ChildTraffic.Total total) {
        Curve curve = curves.get(tunnel);
        if (curve == null) {
            curves.put(tunnel, new Curve(total));
            return;
        }
        long point = points - 1;
        double seconds = (times[slot(point)] - times[slot(point - 1)]) / (double) TimeUnit.SECONDS.toNanos(1);
        curve.rates[slot(point)] = new Rate((float) ((total.bytesIn() - curve.last.bytesIn()) / seconds), (float)
                ((total.bytesOut() - curve.last.bytesOut()) / seconds));
        curve.last = total;
    }

    /** Those that are to be shown, the oldest first. */
    long[] points(long nanoTime) {
        return LongStream.range(Math.max(0, points - MOST_POINTS), points)
                .filter(point -> nanoTime - times[slot(point)] <= LENGTH.toNanos())
                .toArray();
    }

    Duration age(long point, long nanoTime) {
        return Duration.ofNanos(nanoTime - times[slot(point)]);
    }

    Rate rate(TunnelName tunnel, long point) {
        Curve curve = curves.get(tunnel);
        return curve == null ? Rate.UNKNOWN : curve.rates[slot(point)];
    }

    /** At the newest point. */
    Rate rate(TunnelName tunnel) {
        return rate(tunnel, points - 1);
    }

    private static int slot(long point) {
        return Math.floorMod(point, MOST_POINTS);
    }
}
