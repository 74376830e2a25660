package org.ikebana.kernel.xfrm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.kernel.KernelChange.MoveSa;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.netlink.NetlinkOutcome;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewSa;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmAddress;

/**
 * The first half of moving SAs. The kernel has no safe way to move one in a single step: XFRM_MSG_MIGRATE copies an SA that
 * is still at work, so that both may use one sequence number, and finds only one SA for a reqid and a pair of addresses.
 * So an SA is taken out, and put in again with what it had come to by then. Ports alone are changed in place.
 */
final class Removals {
    private final NetlinkClient<XfrmMessage> kernel;
    private final Departures departures;
    private final Map<MoveSa, SaCopy> copies = new HashMap<>();
    private final List<Step> done = new ArrayList<>();

    Removals(NetlinkClient<XfrmMessage> kernel, Departures departures) {
        this.kernel = kernel;
        this.departures = departures;
    }

    /**
     * Takes out what moves.
     *
     * @throws KernelException when something is not there; {@link #done} may have to be undone
     */
    void take(List<MoveSa> moves) throws KernelException {
        for (MoveSa move : moves) {
            copies.put(move, query(move));
        }
        List<MoveSa> leaving = moves.stream().filter(move -> !isInPlace(move)).toList();
        if (leaving.isEmpty()) {
            return;
        }
        try {
            departures.begin();
            Map<SaKey, NewSa> departed;
            try {
                delete(leaving);
            } finally {
                departed = departures.end();
            }
            leaving.forEach(move -> copies.put(
                    move,
                    Optional.ofNullable(departed.remove(move.key()))
                            .map(SaCopy::new)
                            .orElseGet(() -> copy(move).leaping())));
            departed.values().forEach(other -> other.attributes().wipe());
        } catch (IOException e) {
            throw Refusals.unreachable(moves.getFirst().key().toString(), e);
        }
    }

    /** How the SA gets to its new place. */
    Step step(MoveSa move) {
        SaCopy copy = copy(move);
        if (isInPlace(move)) {
            return new Step(
                    move.key().toString(), copy.inPlace(move.newEncapsulation()), copy.inPlace(copy.encapsulation()));
        }
        return new Step(
                move.newKey().toString(),
                copy.elsewhere(move.newSource(), move.newDestination(), move.newEncapsulation()),
                SaMessages.delete(move.newKey(), move.newSource()));
    }

    /** What has been taken out, for the case that it must be put back. */
    List<Step> done() {
        return List.copyOf(done);
    }

    /** All messages that were made here have been sent. */
    void wipe() {
        copies.values().forEach(copy -> copy.sa().attributes().wipe());
    }

    private SaCopy copy(MoveSa move) {
        SaCopy copy = copies.get(move);
        if (copy == null) {
            throw new IllegalStateException(move.key() + " has not been looked at");
        }
        return copy;
    }

    private SaCopy query(MoveSa move) throws KernelException {
        XfrmMessage query = SaMessages.get(move.key());
        try {
            NetlinkOutcome<XfrmMessage> outcome = kernel.exchange(query.request());
            if (outcome.answer().isPresent()
                    && outcome.answer().get() instanceof NewSa sa
                    && !InstalledSas.isLarval(sa)) {
                return new SaCopy(sa);
            }
            if (outcome.answer().isPresent() || outcome.failedWith(Errno.ESRCH)) {
                throw Refusals.missing(move.key().toString());
            }
            throw Refusals.of(move.key().toString(), query, outcome);
        } catch (IOException e) {
            throw Refusals.unreachable(move.key().toString(), e);
        }
    }

    private void delete(List<MoveSa> leaving) throws IOException, KernelException {
        for (MoveSa move : leaving) {
            SaCopy before = copy(move);
            XfrmMessage deletion = SaMessages.delete(
                    move.key(),
                    before.sa().body().saddr().inFamily(before.sa().body().family()));
            NetlinkOutcome<XfrmMessage> outcome = kernel.exchange(deletion.request());
            if (!outcome.isDone()) {
                throw outcome.failedWith(Errno.ESRCH)
                        ? Refusals.missing(move.key().toString())
                        : Refusals.of(move.key().toString(), deletion, outcome);
            }
            // By the time that it comes back its next numbers may have been used in the new place.
            done.add(new Step(move.key().toString(), deletion, before.leaping().back()));
        }
    }

    private boolean isInPlace(MoveSa move) {
        NewSa now = copy(move).sa();
        return move.newEncapsulation().isPresent()
                && now.attributes().has(Xfrma.ENCAP)
                && now.body().id().daddr().equals(XfrmAddress.of(move.newDestination()))
                && now.body().saddr().equals(XfrmAddress.of(move.newSource()));
    }
}
