package org.ikebana.ike.engine;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.IkeSaName;
import org.ikebana.ike.event.Subsystem;
import org.ikebana.ike.sa.Rate;

/**
 * Says which IKE_SA_INIT requests were refused and why. Anybody may send those, from any address: so that a flood does not
 * fill the log, what is too much is only counted.
 */
final class RefusalReports {
    private static final int BURST = 20;
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Environment environment;
    private final Rate rate;
    private long untold;

    RefusalReports(Environment environment) {
        this.environment = environment;
        this.rate = new Rate(BURST, INTERVAL, environment.nanoTime());
    }

    void refused(InetSocketAddress remote, Failure reason) {
        if (!rate.takes(environment.nanoTime())) {
            untold++;
            return;
        }
        if (untold > 0) {
            environment.emit(new IkeEvent.Warning(
                    Subsystem.IKE,
                    "IKE_SA_INIT",
                    untold + " more requests were refused than are reported; look who sends so many"));
            untold = 0;
        }
        environment.emit(new IkeEvent.NegotiationFailed(new IkeSaName("", 0), Optional.empty(), remote, reason));
    }
}
