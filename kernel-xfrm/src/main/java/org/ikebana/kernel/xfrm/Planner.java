package org.ikebana.kernel.xfrm;

import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.netlink.NetlinkOutcome;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewPolicy;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewSa;
import org.ikebana.kernel.xfrm.message.XfrmMessage.UpdateSa;

/** Turns changes into steps, after a look at what they meet in the kernel. */
final class Planner {
    private final NetlinkClient<XfrmMessage> kernel;
    private final SaMessages messages;
    private final Removals removals;
    private final Set<SaKey> completed = new HashSet<>();
    private List<KernelChange> planned = List.of();
    private List<Optional<XfrmMessage>> present = List.of();

    Planner(NetlinkClient<XfrmMessage> kernel, SaMessages messages, Removals removals) {
        this.kernel = kernel;
        this.messages = messages;
        this.removals = removals;
    }

    /** Sees what these changes meet; deletions of SAs are left out. */
    void look(List<KernelChange> changes) throws KernelException {
        planned = changes.stream()
                .filter(c -> !(c instanceof KernelChange.DeleteSa))
                .toList();
        present = present(planned);
        for (int i = 0; i < planned.size(); i++) {
            boolean isTaken = planned.get(i) instanceof KernelChange.MoveSa move
                    && !move.newKey().equals(move.key())
                    && present.get(i).isPresent();
            if (isTaken && planned.get(i) instanceof KernelChange.MoveSa move) {
                throw Refusals.exists(move.newKey().toString());
            }
        }
    }

    /** The steps of the changes that were looked at, in their order. */
    List<Step> plan() throws KernelException {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < planned.size(); i++) {
            steps.add(step(planned.get(i), present.get(i)));
        }
        return steps;
    }

    /** What error texts call a change. */
    static String element(KernelChange change) {
        return switch (change) {
            case KernelChange.AddSa addition -> addition.sa().key().toString();
            case KernelChange.MoveSa move -> move.key().toString();
            case KernelChange.DeleteSa deletion -> deletion.key().toString();
            case KernelChange.PutPolicy put -> put.policy().key().toString();
            case KernelChange.DeletePolicy deletion -> deletion.key().toString();
        };
    }

    private Step step(KernelChange change, Optional<XfrmMessage> present) throws KernelException {
        String element = element(change);
        return switch (change) {
            case KernelChange.AddSa addition -> addSa(element, addition.sa(), present);
            case KernelChange.MoveSa move -> removals.step(move);
            case KernelChange.PutPolicy put ->
                new Step(
                        element,
                        PolicyMessages.put(put.policy()),
                        restore(put.policy().key(), present));
            case KernelChange.DeletePolicy deletion ->
                new Step(element, PolicyMessages.delete(deletion.key()), restore(deletion.key(), present));
            case KernelChange.DeleteSa deletion -> throw new IllegalArgumentException("SAs are deleted afterwards");
        };
    }

    /**
     * An inbound SA completes its reservation. Nothing is sent where a complete SA is in the way: the kernel would take it
     * for an update of that one, change its limits and say that all is well.
     */
    private Step addSa(String element, SecurityAssociation sa, Optional<XfrmMessage> present) throws KernelException {
        boolean larval = present.filter(Planner::isLarval).isPresent();
        if (present.isPresent() && !larval) {
            throw Refusals.exists(element);
        }
        NewSa addition = addition(element, sa);
        XfrmMessage undo = SaMessages.delete(sa.key(), sa.source());
        boolean completion = sa.direction() == Direction.IN && larval && completed.add(sa.key());
        XfrmMessage message = completion ? new UpdateSa(addition.body(), addition.attributes()) : addition;
        return new Step(element, message, fallbacks(sa, completion), undo);
    }

    private static Set<Step.Fallback> fallbacks(SecurityAssociation sa, boolean completion) {
        Set<Step.Fallback> fallbacks = EnumSet.noneOf(Step.Fallback.class);
        if (completion) {
            fallbacks.add(Step.Fallback.ADD_AFRESH);
        }
        if (SaExtras.canDoWithoutOffload(sa)) {
            fallbacks.add(Step.Fallback.WITHOUT_OFFLOAD);
        }
        return fallbacks;
    }

    private NewSa addition(String element, SecurityAssociation sa) throws KernelException {
        try {
            return messages.add(sa);
        } catch (NoSuchAlgorithmException e) {
            throw new KernelException(element, Errno.ENOSYS.number(), String.valueOf(e.getMessage()), Optional.empty());
        }
    }

    private static boolean isLarval(XfrmMessage message) {
        return message instanceof NewSa sa && InstalledSas.isLarval(sa);
    }

    private static XfrmMessage restore(PolicyKey key, Optional<XfrmMessage> present) {
        return present.isPresent() && present.get() instanceof NewPolicy policy
                ? PolicyMessages.putBack(policy)
                : PolicyMessages.delete(key);
    }

    /** What stands in the kernel under each change's key. */
    private List<Optional<XfrmMessage>> present(List<KernelChange> changes) throws KernelException {
        List<XfrmMessage> queries = changes.stream().map(Planner::query).toList();
        List<NetlinkOutcome<XfrmMessage>> outcomes;
        try {
            outcomes =
                    kernel.exchange(queries.stream().map(XfrmMessage::request).toList());
        } catch (IOException e) {
            throw Refusals.unreachable(element(changes.getFirst()), e);
        }
        List<Optional<XfrmMessage>> present = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            NetlinkOutcome<XfrmMessage> outcome = outcomes.get(i);
            if (!outcome.isDone() && !outcome.failedWith(Errno.ESRCH) && !outcome.failedWith(Errno.ENOENT)) {
                throw Refusals.of(element(changes.get(i)), queries.get(i), outcome);
            }
            outcome.answer().ifPresent(message -> message.attributes().wipe());
            present.add(outcome.answer());
        }
        return present;
    }

    private static XfrmMessage query(KernelChange change) {
        return switch (change) {
            case KernelChange.AddSa addition -> SaMessages.get(addition.sa().key());
            case KernelChange.MoveSa move -> SaMessages.get(move.newKey());
            case KernelChange.DeleteSa deletion -> SaMessages.get(deletion.key());
            case KernelChange.PutPolicy put -> PolicyMessages.get(put.policy().key());
            case KernelChange.DeletePolicy deletion -> PolicyMessages.get(deletion.key());
        };
    }
}
