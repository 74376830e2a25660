package org.ikebana.ike.sa;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.Subsystem;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaUsage;

/**
 * Puts one IKE SA's pairs to work, so that of all that serve the same traffic one sends at any time, whatever IKE SA it
 * belongs to. A peer that authenticates anew may need a moment until it can take what the new pair sends; until then the old
 * one goes on.
 */
final class OutboundTurns {
    /** How often a peer is watched that has a new pair and goes on with the old one: longer than a round trip. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final SaServices services;
    private final ChildSas children;

    OutboundTurns(SaServices services, ChildSas children) {
        this.services = services;
        this.children = children;
    }

    /**
     * Installs a pair with its policies and, unless another pair sends the same traffic, its outbound SA, which otherwise waits.
     *
     * @param relieves whether a pair that sends is to send no more
     * @return the pair that has sent until now, and does so no more
     */
    Optional<OutboundTable.Half> begin(ChildAssembly made, Predicate<OutboundTable.Half> relieves)
            throws KernelException {
        Optional<OutboundTable.Half> sender = table().sender(made.child());
        boolean waits = sender.filter(relieves.negate()).isPresent();
        begin(made.child(), List.of(made.inbound()), made.pair(), sender, waits);
        return waits ? Optional.empty() : sender;
    }

    /**
     * A pair with fresh keys sends in the place of another one, which may be between other addresses: the peer is on the move.
     * Where the old one does not send, the fresh one does not either, unless the pair that the old one waits for is where the
     * peer has gone from.
     */
    void takeOver(ChildSa fresh, PreparedChild pair, ChildSa old) throws KernelException {
        Optional<OutboundTable.Half> sender = table().sending(old);
        Optional<OutboundTable.Half> other = sender.isPresent() ? Optional.empty() : table().sender(fresh);
        boolean waits = other.isPresent();
        Optional<OutboundTable.Half> elsewhere = sender.isPresent() || waits ? Optional.empty() : table().sender(old);
        begin(fresh, List.of(), pair, sender.or(() -> other).or(() -> elsewhere), waits);
        elsewhere.ifPresent(half -> half.owner().retirement().relieve(half.child()));
    }

    boolean isWaiting(ChildSa child) {
        return table().waiting(child).isPresent();
    }

    /** Its turn has come, if it waits. False if the kernel refuses it: then it is closed. */
    boolean promote(ChildSa child) {
        Optional<PreparedChild> pair = table().waiting(child);
        if (pair.isEmpty()) {
            return true;
        }
        Optional<OutboundTable.Half> sender = table().sender(child);
        try {
            apply(turn(pair.get(), sender));
        } catch (KernelException e) {
            services.environment()
                    .emit(new IkeEvent.Warning(Subsystem.KERNEL, "cannot send by " + child.name(), e.getMessage()));
            children.owner().deleteChild(child, CloseCause.FAILED);
            return false;
        }
        settle(child, pair.get(), sender);
        sender.ifPresent(half -> half.owner().retirement().relieve(half.child()));
        return true;
    }

    /** A pair is to go: one that waits sends in its place. False if there is none, or if it does not send. */
    boolean handOn(ChildSa leaving) {
        return table().isSending(leaving)
                && table().heirs(leaving).stream()
                        .anyMatch(heir -> heir.owner().turns().promote(heir.child()));
    }

    /** The IKE SA's children that one of which sends in the place of this one; empty where none does. */
    Optional<ChildSas> successor(ChildSa old) {
        return table().sender(old).map(OutboundTable.Half::owner);
    }

    /** It is gone. Pairs that it has relieved are of no use without it. */
    void forget(ChildSa child) {
        table().waiting(child).ifPresent(pair -> pair.keys().close());
        List<OutboundTable.Half> useless =
                table().isSending(child) && table().heirs(child).isEmpty() ? table().relieved(child) : List.of();
        table().remove(child);
        useless.forEach(half -> half.owner().retirement().closeRelieved(half.child()));
    }

    /** @param first what else is to be installed with the same update of the kernel */
    private void begin(
            ChildSa child,
            List<KernelChange> first,
            PreparedChild pair,
            Optional<OutboundTable.Half> sender,
            boolean waits)
            throws KernelException {
        List<KernelChange> changes = new ArrayList<>(first);
        if (!waits) {
            changes.addAll(turn(pair, sender));
        }
        changes.addAll(services.tables().policies().add(child, child.policies()));
        try {
            apply(changes);
        } catch (KernelException e) {
            services.tables().policies().remove(child, child.policies());
            throw e;
        }
        if (waits) {
            table().put(children, child, new OutboundTable.Stage.Waiting(pair));
            sender.ifPresent(half -> watch(child, half));
        } else {
            settle(child, pair, sender);
        }
    }

    /** The kernel has one outbound SA of a reqid, be there one that it has refused to remove before. */
    private List<KernelChange> turn(PreparedChild pair, Optional<OutboundTable.Half> sender) {
        List<KernelChange> changes = new ArrayList<>(2);
        changes.add(pair.outbound());
        changes.addAll(removals().outstanding(pair.outbound().sa().key()));
        sender.map(OutboundTable.Half::child)
                .ifPresent(old -> changes.add(
                        new KernelChange.DeleteSa(old.outbound(), old.inbound().destination())));
        return changes;
    }

    private void settle(ChildSa child, PreparedChild pair, Optional<OutboundTable.Half> sender) {
        pair.keys().close();
        table().put(children, child, new OutboundTable.Stage.Sending());
        sender.ifPresent(half -> table().put(half.owner(), half.child(), new OutboundTable.Stage.Relieved()));
    }

    /** Of two pairs that both ends have begun at once one is going to be deleted, and it is still open which. */
    private void watch(ChildSa child, OutboundTable.Half sender) {
        IkeSa ours = children.owner();
        IkeSa other = sender.owner().owner();
        if (ours != other && !ours.origin().crosses(other.origin())) {
            long before = packetsIn(sender.child());
            services.environment().after(LOOK, () -> look(child, before));
        }
    }

    /** The peer uses the new pair, or the old one no more. */
    private void look(ChildSa child, long before) {
        Optional<OutboundTable.Half> sender = table().sender(child);
        boolean usesOld = sender.filter(half -> packetsIn(half.child()) != before && packetsIn(child) == 0)
                .isPresent();
        if (!isWaiting(child)) {
            return;
        }
        if (usesOld) {
            sender.ifPresent(half -> watch(child, half));
        } else {
            promote(child);
        }
    }

    /** How many have come in by this pair. */
    long packetsIn(ChildSa child) {
        SaKey key = child.inbound();
        try {
            return services.environment()
                    .kernel()
                    .usage(key)
                    .map(SaUsage::packets)
                    .orElse(0L);
        } catch (KernelException e) {
            services.environment()
                    .emit(new IkeEvent.Warning(Subsystem.KERNEL, "cannot see how an SA is used", e.getMessage()));
            return 0;
        }
    }

    private void apply(List<KernelChange> changes) throws KernelException {
        services.environment().kernel().apply(new KernelUpdate(changes));
        removals().done(changes);
    }

    private Removals removals() {
        return services.tables().removals();
    }

    private OutboundTable table() {
        return services.tables().outbound();
    }
}
