package org.ikebana.ike.sa;

import java.security.SecureRandom;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.kernel.Lifetimes;

/**
 * When a child SA is to be rekeyed: what is configured, less a random part, so that the two ends and many tunnels do not do
 * it all at once.
 */
final class SoftLimits {
    private SoftLimits() {}

    /** With the hard limits as they are configured. */
    static Lifetimes of(ChildConfig config, SecureRandom random) {
        Lifetimes limits = config.lifetimes();
        return new Lifetimes(
                earlier(config.rekeyTime().toSeconds(), config.randTime().toSeconds(), random),
                limits.hardSeconds(),
                earlier(limits.softBytes(), config.randBytes(), random),
                limits.hardBytes(),
                earlier(limits.softPackets(), config.randPackets(), random),
                limits.hardPackets());
    }

    /** At least 1, where there is a limit. */
    static long earlier(long limit, long most, SecureRandom random) {
        if (limit == 0) {
            return 0;
        }
        long less = most > 0 ? random.nextLong(most + 1) : 0;
        return Math.max(1, limit - less);
    }
}
