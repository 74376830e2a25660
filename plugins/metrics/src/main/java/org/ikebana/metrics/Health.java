package org.ikebana.metrics;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ikebana.http.Answer;
import org.ikebana.ike.control.DaemonControl;

/** Whether the daemon works, and whether all tunnels that are wanted up are up. */
record Health(DaemonControl daemon) {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** The event loop does its work. */
    Answer isAlive() {
        CountDownLatch answered = new CountDownLatch(1);
        daemon.tell(engine -> answered.countDown());
        try {
            return answered.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    ? Answer.text(200, "alive\n")
                    : Answer.text(503, "the event loop has not answered within " + PATIENCE.toMillis() + " ms\n");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.text(503, "stopping\n");
        }
    }

    /** For whoever sends traffic here. */
    Answer isReady() {
        Answer alive = isAlive();
        if (alive.status() != 200) {
            return alive;
        }
        try {
            List<Tunnel> down = Tunnel.all(daemon).stream()
                    .filter(tunnel -> tunnel.wanted() && !tunnel.up())
                    .toList();
            if (down.isEmpty()) {
                return Answer.text(200, "ready\n");
            }
            StringBuilder text = new StringBuilder();
            down.forEach(tunnel -> text.append(tunnel.name()).append(" is down\n"));
            return Answer.text(503, text.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.text(503, "stopping\n");
        }
    }
}
