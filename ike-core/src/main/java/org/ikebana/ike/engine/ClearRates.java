package org.ikebana.ike.engine;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.sa.Rate;

/** How often something is done about messages that anybody may send: by address, and in all (RFC 7296 2.4, 2.21.4). */
final class ClearRates {
    private static final int BURST = 100;
    private static final Duration INTERVAL = Duration.ofMillis(20);
    private static final int BURST_OF_ADDRESS = 10;
    private static final Duration INTERVAL_OF_ADDRESS = Duration.ofMillis(500);

    /** The latest ones; a flood of invented addresses meets the rate for all. */
    private static final int MOST_ADDRESSES = 1024;

    private final Environment environment;
    private final Rate all;
    private final LinkedHashMap<InetAddress, Rate> byAddress = new LinkedHashMap<>();

    ClearRates(Environment environment) {
        this.environment = environment;
        this.all = new Rate(BURST, INTERVAL, environment.nanoTime());
    }

    /** Whether one more from there is allowed, which counts then. */
    boolean takes(InetAddress address) {
        long now = environment.nanoTime();
        Rate own = byAddress.computeIfAbsent(address, a -> new Rate(BURST_OF_ADDRESS, INTERVAL_OF_ADDRESS, now));
        if (byAddress.size() > MOST_ADDRESSES) {
            byAddress.pollFirstEntry();
        }
        return own.takes(now) && all.takes(now);
    }
}
