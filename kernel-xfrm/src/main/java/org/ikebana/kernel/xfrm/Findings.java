package org.ikebana.kernel.xfrm;

import java.io.IOException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.netlink.NetlinkOutcome;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.XfrmMessage.DumpPolicy;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewPolicy;

/**
 * What stands in the kernel under the keys of an update's changes. An outbound SA is not looked for: the kernel itself
 * refuses a second one. Many policies are looked for in a list of all, which is faster than one query each.
 */
final class Findings {
    /** As many queries as one datagram takes. */
    private static final int MOST_QUERIES = 64;

    private final NetlinkClient<XfrmMessage> kernel;
    private final Map<KernelChange, XfrmMessage> answers = new IdentityHashMap<>();
    private final Map<XfrmMessage, NewPolicy> listed = new HashMap<>();

    Findings(NetlinkClient<XfrmMessage> kernel) {
        this.kernel = kernel;
    }

    /** Looks for what these changes meet. */
    void look(List<KernelChange> changes) throws KernelException {
        List<KernelChange> asked =
                changes.stream().filter(Findings::mustBeAskedFor).toList();
        long policies =
                asked.stream().filter(change -> policy(change).isPresent()).count();
        try {
            if (policies > MOST_QUERIES) {
                list();
                asked = asked.stream()
                        .filter(change -> policy(change).isEmpty())
                        .toList();
            }
            query(asked);
        } catch (IOException e) {
            throw Refusals.unreachable(Planner.element(changes.getFirst()), e);
        }
    }

    /** What stood there; the keys of an SA are wiped. */
    Optional<XfrmMessage> at(KernelChange change) {
        Optional<XfrmMessage> answer = Optional.ofNullable(answers.get(change));
        return answer.isPresent()
                ? answer
                : policy(change).map(PolicyMessages::get).map(listed::get);
    }

    private void list() throws IOException {
        kernel.dump(
                        new DumpPolicy(Attributes.NONE).request(),
                        message -> message instanceof NewPolicy policy && PolicyMessages.isMain(policy)
                                ? Optional.of(policy)
                                : Optional.empty())
                .forEach(policy -> listed.put(PolicyMessages.get(policy), policy));
    }

    private void query(List<KernelChange> changes) throws IOException, KernelException {
        List<XfrmMessage> queries = changes.stream().map(Findings::query).toList();
        List<NetlinkOutcome<XfrmMessage>> outcomes =
                kernel.exchange(queries.stream().map(XfrmMessage::request).toList());
        for (int i = 0; i < queries.size(); i++) {
            KernelChange change = changes.get(i);
            NetlinkOutcome<XfrmMessage> outcome = outcomes.get(i);
            if (!outcome.isDone() && !outcome.failedWith(Errno.ESRCH) && !outcome.failedWith(Errno.ENOENT)) {
                throw Refusals.of(Planner.element(change), queries.get(i), outcome);
            }
            outcome.answer().ifPresent(answer -> {
                answer.attributes().wipe();
                answers.put(change, answer);
            });
        }
    }

    private static boolean mustBeAskedFor(KernelChange change) {
        return !(change instanceof KernelChange.AddSa addition && addition.sa().direction() == Direction.OUT);
    }

    private static Optional<PolicyKey> policy(KernelChange change) {
        return switch (change) {
            case KernelChange.PutPolicy put -> Optional.of(put.policy().key());
            case KernelChange.DeletePolicy deletion -> Optional.of(deletion.key());
            default -> Optional.empty();
        };
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
