package org.ikebana.kernel.xfrm;

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
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewPolicy;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewSa;
import org.ikebana.kernel.xfrm.message.XfrmMessage.UpdateSa;

/** Turns changes into steps, after a look at what they meet in the kernel. */
final class Planner {
    private final SaMessages messages;
    private final Removals removals;
    private final Set<SaKey> completed = new HashSet<>();
    private final Findings findings;
    private List<KernelChange> planned = List.of();

    Planner(NetlinkClient<XfrmMessage> kernel, SaMessages messages, Removals removals) {
        this.findings = new Findings(kernel);
        this.messages = messages;
        this.removals = removals;
    }

    /** Sees what these changes meet; deletions of SAs are left out. */
    void look(List<KernelChange> changes) throws KernelException {
        planned = changes.stream()
                .filter(c -> !(c instanceof KernelChange.DeleteSa))
                .toList();
        if (planned.isEmpty()) {
            return;
        }
        findings.look(planned);
        for (KernelChange change : planned) {
            if (change instanceof KernelChange.MoveSa move
                    && !move.newKey().equals(move.key())
                    && findings.at(move).isPresent()) {
                throw Refusals.exists(move.newKey().toString());
            }
        }
    }

    /** The steps of the changes that were looked at, in their order. */
    List<Step> plan() throws KernelException {
        List<Step> steps = new ArrayList<>();
        for (KernelChange change : planned) {
            steps.add(step(change, findings.at(change)));
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
}
