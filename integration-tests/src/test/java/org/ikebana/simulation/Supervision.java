package org.ikebana.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.kernel.model.VirtualClock;

/**
 * Looks at a machine's kernel after each change that the daemon makes to it, also between two changes of one event: no key for
 * two SAs, no rekey that leaves two SAs to send with, and now and then a packet of each line at just that moment.
 *
 * <p>Where both ends make a pair at once there are two until each knows of the other's; that must not last.
 */
final class Supervision {
    private static final int CHANGES_PER_PACKET = 6;

    /** As long as it may take in a storm until a message has come through, or the IKE SA is given up. */
    private static final Duration TWO_AT_ONCE = Duration.ofMinutes(6);

    private final Machine machine;
    private final VirtualClock time;
    private final KeyLedger ledger;
    private final Traffic traffic;
    private final int lines;
    private final RandomGenerator random;
    private final Map<Integer, Instant> doubledSince = new HashMap<>();
    private Map<Integer, Integer> before = Map.of();
    private Map<Integer, Integer> now = Map.of();

    Supervision(
            Machine machine, VirtualClock time, KeyLedger ledger, Traffic traffic, int lines, RandomGenerator random) {
        this.machine = machine;
        this.time = time;
        this.ledger = ledger;
        this.traffic = traffic;
        this.lines = lines;
        this.random = random;
    }

    void changed(KernelUpdate update) {
        before = now;
        if (update.changes().stream().anyMatch(Supervision::isAboutSas)) {
            now = outboundByReqid();
        }
        for (KernelChange change : update.changes()) {
            if (change instanceof KernelChange.AddSa add) {
                ledger.installed(machine.name, add);
            }
        }
        if (random.nextInt(CHANGES_PER_PACKET) == 0) {
            for (int line = 0; line < lines; line++) {
                traffic.sendMeanwhile(line, machine);
            }
        }
    }

    /** The event of a rekey comes right after its change of the kernel. */
    void happened(IkeEvent event) {
        if (event instanceof IkeEvent.ChildSaRekeyed rekeyed) {
            int count = now.getOrDefault(rekeyed.reqid(), 0);
            if (count > Math.max(1, before.getOrDefault(rekeyed.reqid(), 0))) {
                throw new AssertionError(machine.name + " has two outbound SAs for the reqid " + rekeyed.reqid()
                        + " after the rekey of " + rekeyed.before());
            }
        }
    }

    /** To be called every now and then. */
    void check() {
        Map<Integer, Integer> counts = outboundByReqid();
        doubledSince.keySet().removeIf(reqid -> counts.getOrDefault(reqid, 0) < 2);
        counts.forEach((reqid, count) -> {
            if (count > 1) {
                Instant since = doubledSince.computeIfAbsent(reqid, unseen -> time.now());
                if (since.plus(TWO_AT_ONCE).isBefore(time.now())) {
                    throw new AssertionError(
                            machine.name + " has two outbound SAs for the reqid " + reqid + " since " + since);
                }
            }
        });
    }

    private static boolean isAboutSas(KernelChange change) {
        return change instanceof KernelChange.AddSa || change instanceof KernelChange.DeleteSa;
    }

    private Map<Integer, Integer> outboundByReqid() {
        Map<Integer, Integer> counts = new HashMap<>();
        for (SecurityAssociation sa : machine.kernel().installedSas()) {
            if (sa.direction() == Direction.OUT) {
                counts.merge(sa.reqid(), 1, Integer::sum);
            }
        }
        return counts;
    }
}
