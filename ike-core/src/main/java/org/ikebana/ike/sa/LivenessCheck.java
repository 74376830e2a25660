package org.ikebana.ike.sa;

import java.time.Duration;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.SaUsage;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether the peer is there when nothing came from it for {@code dpd_delay}; ESP counts as life as well as IKE
 * does (RFC 7296 2.4).
 */
final class LivenessCheck {
    private final Environment environment;
    private final IkeSa sa;
    private final Runnable probe;
    private Duration delay;
    private @Nullable Timer timer;
    private long heardAt;
    private long inboundPackets;

    /** @param delay zero for never */
    LivenessCheck(Environment environment, Duration delay, IkeSa sa, Runnable probe) {
        this.environment = environment;
        this.delay = delay;
        this.sa = sa;
        this.probe = probe;
    }

    void start() {
        heardAt = environment.nanoTime();
        schedule(delay);
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
        }
    }

    /** From now on; the peer has been silent since it was last heard. */
    void every(Duration other) {
        if (!other.equals(delay)) {
            stop();
            delay = other;
            schedule(other);
        }
    }

    /** An authenticated message came from the peer. */
    void heard() {
        heardAt = environment.nanoTime();
    }

    private void schedule(Duration wait) {
        if (delay.isPositive()) {
            timer = environment.after(wait, this::check);
        }
    }

    private void check() {
        noticeTraffic();
        Duration silent = Duration.ofNanos(environment.nanoTime() - heardAt);
        if (silent.compareTo(delay) >= 0) {
            probe.run();
            schedule(delay);
        } else {
            schedule(delay.minus(silent));
        }
    }

    private void noticeTraffic() {
        long packets = 0;
        for (ChildSa child : sa.children().all()) {
            packets += packets(child);
        }
        if (packets > inboundPackets) {
            heard();
        }
        inboundPackets = packets;
    }

    private long packets(ChildSa child) {
        try {
            return environment
                    .kernel()
                    .usage(child.inbound())
                    .map(SaUsage::packets)
                    .orElse(0L);
        } catch (KernelException e) {
            sa.warn("traffic of " + child.name() + " is not known: " + e.getMessage());
            return 0;
        }
    }
}
