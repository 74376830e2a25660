package org.ikebana.kernel.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SecurityAssociation;

/** One {@link KernelUpdate} under way, with what takes it back. */
final class Transaction {
    private final KernelState kernel;
    /** The last step's first. */
    private final Deque<Undo> undo = new ArrayDeque<>();

    Transaction(KernelState kernel) {
        this.kernel = kernel;
    }

    void run(KernelUpdate update) throws KernelException {
        List<SaKey> deletions = new ArrayList<>();
        try {
            for (KernelChange change : update.changes()) {
                kernel.faults().strike(change);
                switch (change) {
                    case KernelChange.AddSa add -> add(add.sa());
                    case KernelChange.MoveSa move -> move(move);
                    case KernelChange.DeleteSa delete -> deletions.add(delete.key());
                    case KernelChange.PutPolicy put -> put(put.policy());
                    case KernelChange.DeletePolicy delete -> delete(delete.key());
                }
            }
        } catch (KernelException refusal) {
            takeBack(refusal);
            throw refusal;
        }
        deletions.forEach(key -> kernel.sas().find(key).ifPresent(kernel.lifecycle()::end));
    }

    private void add(SecurityAssociation asked) throws KernelException {
        SaKey key = asked.key();
        SaRules.check(asked);
        if (!kernel.options().esp()) {
            throw Errno.EPROTONOSUPPORT.refusal(key, "Requested type not found");
        }
        Optional<LarvalSa> reservation = reservationOf(asked);
        if (reservation.isEmpty() && kernel.isFull()) {
            throw Errno.ENOMEM.refusal(
                    key, "%d SAs are installed already".formatted(kernel.sas().size()));
        }
        CompleteSa sa = new CompleteSa(asked, kernel.clock().now());
        begin(sa, Stream.concat(reservation.stream(), kernel.sas().answeredBy(sa).stream()));
        undo.push(() -> kernel.lifecycle().end(sa));
    }

    private void begin(CompleteSa sa, Stream<LarvalSa> answered) throws KernelException {
        try {
            kernel.lifecycle().begin(sa, answered);
        } catch (KernelException refusal) {
            sa.wipe();
            throw refusal;
        }
    }

    private Optional<LarvalSa> reservationOf(SecurityAssociation asked) throws KernelException {
        Optional<SaEntry> present = kernel.sas().find(asked.key());
        if (present.isEmpty()) {
            return Optional.empty();
        }
        if (present.get() instanceof LarvalSa larval && asked.direction() == Direction.IN) {
            return Optional.of(larval);
        }
        throw Errno.EEXIST.refusal(asked.key(), "An SA with this key is installed already");
    }

    private void move(KernelChange.MoveSa move) throws KernelException {
        if (!(kernel.sas().find(move.key()).orElse(null) instanceof CompleteSa sa)) {
            throw Errno.ESRCH.refusal(move.key(), "No complete SA has this key");
        }
        SecurityAssociation before = sa.installed();
        SecurityAssociation now = before.between(move.newSource(), move.newDestination(), move.newEncapsulation());
        SaRules.check(now);
        boolean isTaken = kernel.sas()
                .find(now.key())
                .filter(other -> other != sa) // the SA itself, where its destination stays
                .isPresent();
        if (isTaken) {
            throw Errno.EEXIST.refusal(now.key(), "An SA with this key is installed already");
        }
        kernel.lifecycle().move(sa, now);
        undo.push(() -> kernel.lifecycle().move(sa, before));
    }

    private void put(Policy policy) throws KernelException {
        PolicyRules.check(policy);
        PolicyDatabase policies = kernel.policies();
        if (!policies.contains(policy.key())
                && policies.size() >= kernel.options().maximumPolicies()) {
            throw Errno.ENOMEM.refusal(policy.key(), "%d policies are installed already".formatted(policies.size()));
        }
        Optional<PolicyDatabase.Entry> before = policies.put(policy);
        undo.push(() -> {
            if (before.isPresent()) {
                policies.restore(before.get());
            } else {
                policies.remove(policy.key());
            }
        });
    }

    private void delete(PolicyKey key) {
        Optional<PolicyDatabase.Entry> removed = kernel.policies().remove(key);
        if (removed.isPresent()) {
            undo.push(() -> kernel.policies().restore(removed.get()));
        }
    }

    private void takeBack(KernelException refusal) {
        for (Undo step : undo) {
            try {
                step.run();
            } catch (KernelException lost) {
                refusal.addSuppressed(lost);
            }
        }
    }

    /** Takes one step back. */
    @FunctionalInterface
    private interface Undo {
        void run() throws KernelException;
    }
}
