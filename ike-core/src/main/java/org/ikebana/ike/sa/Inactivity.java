package org.ikebana.ike.sa;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaUsage;

/** Closes child SAs that nothing has gone through for as long as their {@code inactivity} says; a rekey is no traffic. */
final class Inactivity {
    /** In the time that it may be idle, so that it is closed a quarter of that too late at most. */
    private static final int LOOKS = 4;

    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

    private final Environment environment;
    private final ChildSas children;
    /** By the pair that the one at work has come of. */
    private final Map<Integer, Watched> watched = new HashMap<>();

    private static final class Watched {
        /** Nanoseconds of the environment's clock. */
        private long activeAt;

        /** That its two SAs have carried. */
        private long packets;

        private Watched(long activeAt) {
            this.activeAt = activeAt;
        }
    }

    Inactivity(Environment environment, ChildSas children) {
        this.environment = environment;
        this.children = children;
    }

    /** The pair goes to work, maybe in the place of another one. */
    void watch(ChildSa child) {
        if (!child.config().inactivity().isPositive()) {
            return;
        }
        Watched before = watched.get(child.lineage());
        if (before == null) {
            watched.put(child.lineage(), new Watched(environment.nanoTime()));
            lookLater(child);
        } else {
            before.packets = 0;
        }
    }

    private void lookLater(ChildSa child) {
        Duration wait = child.config().inactivity().dividedBy(LOOKS);
        environment.after(wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait, () -> look(child.lineage()));
    }

    private void look(int lineage) {
        Optional<ChildSa> atWork = children.all().stream()
                .filter(child -> child.lineage() == lineage)
                .findFirst();
        Watched state = watched.get(lineage);
        if (atWork.isEmpty() || state == null) {
            watched.remove(lineage);
            return;
        }
        ChildSa child = atWork.get();
        long packets = packets(child.inbound()) + packets(child.outbound());
        if (packets != state.packets) {
            state.packets = packets;
            state.activeAt = environment.nanoTime();
        }
        Duration idle = Duration.ofNanos(environment.nanoTime() - state.activeAt);
        if (idle.compareTo(child.config().inactivity()) < 0) {
            lookLater(child);
        } else {
            watched.remove(lineage);
            children.owner().deleteChild(child, CloseCause.IDLE);
        }
    }

    private long packets(SaKey key) {
        try {
            return environment.kernel().usage(key).map(SaUsage::packets).orElse(0L);
        } catch (KernelException e) {
            children.owner().warn("whether " + key + " is idle is not known: " + e.getMessage());
            return 0;
        }
    }
}
