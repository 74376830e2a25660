package org.ikebana.ike.sa;

import java.time.Duration;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.environment.Timer;
import org.jspecify.annotations.Nullable;

/** Keeps a NAT's mapping alive from behind it (RFC 7296 2.23, RFC 3948 4). */
final class NatKeepalive {
    private final Environment environment;
    private final Duration interval;
    private final IkeSa sa;
    private @Nullable Timer timer;

    /** @param interval zero for none */
    NatKeepalive(Environment environment, Duration interval, IkeSa sa) {
        this.environment = environment;
        this.interval = interval;
        this.sa = sa;
    }

    /** @param wanted whether there is a mapping to be kept */
    void run(boolean wanted) {
        if (!wanted || !interval.isPositive()) {
            stop();
        } else if (timer == null) {
            next();
        }
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void next() {
        timer = environment.after(interval, () -> {
            environment.sendNatKeepalive(sa.endpoints().local(), sa.endpoints().remote());
            next();
        });
    }
}
