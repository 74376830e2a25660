package org.ikebana.ike.engine;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.ikebana.ike.connection.IkeSettings;

/** How many half-open IKE SAs there are, in all and by address, and what a further one costs (RFC 7296 2.6). */
final class HalfOpenGate {
    private final IkeSettings settings;
    private final Map<InetAddress, Integer> byAddress = new HashMap<>();
    private int total;

    /** What a new IKE_SA_INIT meets. */
    enum Verdict {
        WELCOME,
        NEEDS_COOKIE,
        TOO_MANY,
        TOO_BUSY
    }

    HalfOpenGate(IkeSettings settings) {
        this.settings = settings;
    }

    /** @param waiting what the daemon has yet to do */
    Verdict verdict(InetAddress address, int waiting) {
        if (reached(waiting, settings.waitingLimit())) {
            return Verdict.TOO_BUSY;
        }
        int ofAddress = byAddress.getOrDefault(address, 0);
        if (reached(total, settings.halfOpenLimit()) || reached(ofAddress, settings.blockThresholdPerAddress())) {
            return Verdict.TOO_MANY;
        }
        boolean busy = isCrowded() || reached(ofAddress, settings.cookieThresholdPerAddress());
        return busy ? Verdict.NEEDS_COOKIE : Verdict.WELCOME;
    }

    /** Whether everybody is asked for a cookie. */
    boolean isCrowded() {
        return reached(total, settings.cookieThreshold());
    }

    void opened(InetAddress address) {
        total++;
        byAddress.merge(address, 1, Integer::sum);
    }

    void settled(InetAddress address) {
        total--;
        byAddress.computeIfPresent(address, (a, n) -> n > 1 ? n - 1 : null);
    }

    int total() {
        return total;
    }

    private static boolean reached(int count, int threshold) {
        return threshold > 0 && count >= threshold;
    }
}
