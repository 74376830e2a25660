package org.ikebana.ike.sa;

import java.time.Duration;
import java.util.function.IntConsumer;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.environment.Timer;
import org.jspecify.annotations.Nullable;

/** Sends a request until it is answered or given up (RFC 7296 2.1, 2.4); one serves all exchanges of an IKE SA. */
final class Retransmitter {
    private final Environment environment;
    private final IkeSettings settings;
    private @Nullable Timer timer;
    private Runnable repeat = () -> {};
    private int sent;

    Retransmitter(Environment environment, IkeSettings settings) {
        this.environment = environment;
        this.settings = settings;
    }

    /**
     * @param send is given the number of the retransmission, 0 for the first sending
     * @param giveUp runs when the last wait was in vain
     */
    void start(IntConsumer send, Runnable giveUp) {
        stop();
        sent = 0;
        repeat = () -> start(send, giveUp);
        step(send, giveUp);
    }

    /** Sends what is under way at once and as if it had not been sent yet: it goes another way now (RFC 4555 3.5). */
    void startAgain() {
        if (isRunning()) {
            repeat.run();
        }
    }

    /** How long a request is tried in all, jitter apart. */
    static Duration patience(IkeSettings settings) {
        double nanos = 0;
        for (int n = 0; n <= settings.retransmitTries(); n++) {
            nanos += settings.retransmitTimeout().toNanos() * Math.pow(settings.retransmitBase(), n);
        }
        return Duration.ofNanos((long) nanos);
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    boolean isRunning() {
        return timer != null;
    }

    private void step(IntConsumer send, Runnable giveUp) {
        timer = environment.after(wait(sent), () -> {
            timer = null;
            if (sent > settings.retransmitTries()) {
                giveUp.run();
            } else {
                step(send, giveUp);
            }
        });
        send.accept(sent++);
    }

    /** {@code timeout * base^n}, less a random part of the configured jitter. */
    private Duration wait(int n) {
        double nanos = settings.retransmitTimeout().toNanos() * Math.pow(settings.retransmitBase(), n);
        int jitter = settings.retransmitJitterPercent();
        if (jitter > 0) {
            nanos -= nanos * environment.random().nextInt(jitter * 100 + 1) / 10_000;
        }
        return Duration.ofNanos((long) nanos);
    }
}
