package org.ikebana.ike.sa;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which pairs serve the same traffic between the same two addresses, and which one of them has its outbound SA in the
 * kernel. There are several for a while where a peer authenticates anew, or where both ends have begun at once
 * (RFC 7296 2.8.3, 2.8.2).
 */
public final class OutboundTable {
    private final Map<Integer, List<Half>> byReqid = new HashMap<>();

    /** A pair, and how it stands with its outbound SA. */
    record Half(ChildSas owner, ChildSa child, Stage stage) {}

    /** Of a pair's outbound SA. */
    sealed interface Stage {
        record Sending() implements Stage {}

        /** Its turn is still to come. */
        record Waiting(PreparedChild pair) implements Stage {}

        /** Its turn is over. */
        record Relieved() implements Stage {}
    }

    void put(ChildSas owner, ChildSa child, Stage stage) {
        remove(child);
        byReqid.computeIfAbsent(child.reqid(), r -> new ArrayList<>(1)).add(new Half(owner, child, stage));
    }

    void remove(ChildSa child) {
        List<Half> halves = byReqid.getOrDefault(child.reqid(), List.of());
        halves.stream().filter(half -> half.child == child).findFirst().ifPresent(halves::remove);
        if (halves.isEmpty()) {
            byReqid.remove(child.reqid());
        }
    }

    /** Those with pairs of this reqid. */
    public List<IkeSa> ikeSas(int reqid) {
        return byReqid.getOrDefault(reqid, List.of()).stream()
                .map(half -> half.owner.owner())
                .distinct()
                .toList();
    }

    /** The keys and the SA that are still to be installed. */
    Optional<PreparedChild> waiting(ChildSa child) {
        return find(child)
                .filter(half -> half.stage instanceof Stage.Waiting)
                .map(half -> ((Stage.Waiting) half.stage).pair());
    }

    boolean isSending(ChildSa child) {
        return sending(child).isPresent();
    }

    /** This one, if it sends. */
    Optional<Half> sending(ChildSa child) {
        return find(child).filter(half -> half.stage instanceof Stage.Sending);
    }

    /** Another pair, which sends this one's traffic. */
    Optional<Half> sender(ChildSa child) {
        return others(child).filter(half -> half.stage instanceof Stage.Sending).findFirst();
    }

    /** Those that wait for this one's turn to be over, the latest first. */
    List<Half> heirs(ChildSa child) {
        return others(child)
                .filter(half -> half.stage instanceof Stage.Waiting)
                .toList()
                .reversed();
    }

    /** Those that have sent the same traffic before. */
    List<Half> relieved(ChildSa child) {
        return others(child)
                .filter(half -> half.stage instanceof Stage.Relieved)
                .toList();
    }

    private Optional<Half> find(ChildSa child) {
        return byReqid.getOrDefault(child.reqid(), List.of()).stream()
                .filter(half -> half.child == child)
                .findFirst();
    }

    private Stream<Half> others(ChildSa child) {
        return byReqid.getOrDefault(child.reqid(), List.of()).stream()
                .filter(half -> half.child != child && isForTheSame(half.child, child));
    }

    /** The kernel finds an outbound SA by all of these (linux/xfrm.h: xfrm_user_tmpl). */
    private static boolean isForTheSame(ChildSa one, ChildSa other) {
        return one.selectors().equals(other.selectors())
                && one.mode() == other.mode()
                && one.outbound().destination().equals(other.outbound().destination())
                && one.inbound().destination().equals(other.inbound().destination())
                && one.outbound().mark().equals(other.outbound().mark())
                && one.config().ifIdOut() == other.config().ifIdOut();
    }
}
