package org.ikebana.ike.sa;

import java.util.Optional;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.CreateChildSa;
import org.ikebana.ike.task.Task;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.jspecify.annotations.Nullable;

/** An initiator's part in the rekeying of child SAs (RFC 7296 1.3.3). */
final class ChildRekeyRequests {
    private final IkeSa sa;
    private final SaServices services;
    private final Established established;
    private final ChildRekeys rekeys;

    ChildRekeyRequests(IkeSa sa, SaServices services, Established established, ChildRekeys rekeys) {
        this.sa = sa;
        this.services = services;
        this.established = established;
        this.rekeys = rekeys;
    }

    /** @param group that the peer has asked for, if it has */
    void ask(ChildRekey rekey, Optional<Integer> group) {
        rekey.isOursUnderWay = true;
        established
                .queue()
                .add(new ExchangeQueue.Exchange(
                        ExchangeType.CREATE_CHILD_SA,
                        ExchangeQueue.Subject.CHILD,
                        now -> now.rekeys().requests().begin(rekey, group),
                        (now, failure) -> now.rekeys().requests().onUnsent(rekey, failure)));
    }

    private void onUnsent(ChildRekey rekey, Failure failure) {
        rekeys.oursIsOver(rekey);
        sa.reportFailure(Optional.of(rekey.old.name().child()), failure);
        rekeys.retry(rekey, RetryDelays.REFUSED);
    }

    private Optional<Task> begin(ChildRekey rekey, Optional<Integer> group) {
        ChildSa old = rekey.old;
        boolean isOvertaken = !rekeys.track(rekey) || rekey.isByPeer();
        if (!sa.children().isAtWork(old) || isOvertaken) {
            rekeys.oursIsOver(rekey);
            return Optional.empty();
        }
        ChildIntake intake = ChildIntake.replacing(sa.children(), old);
        return Optional.of(CreateChildSa.initiator(
                services.crypto(),
                services.environment().random(),
                established.init(),
                intake,
                ChildRequest.rekey(old.config(), old.selectors()),
                Optional.of(old.inbound().spi()),
                group,
                lowestNonce -> survives(rekey, lowestNonce),
                done -> onResponse(rekey, group, done, intake.result())));
    }

    /** Without a pair there is nothing to be deleted: the loser just stops, and what the peer has begun goes on, or ours. */
    private boolean survives(ChildRekey rekey, Octets lowestNonce) {
        rekey.isOursAgreed = !rekey.isAbandoned && !hasLost(rekey, lowestNonce);
        if (rekey.isOursAgreed) {
            rekey.forgetUnfinished();
        }
        return rekey.isOursAgreed;
    }

    private boolean hasLost(ChildRekey rekey, Octets lowestNonce) {
        return rekey.losesAgainstTheirs(lowestNonce) || rekeys.hasTakenOver(rekey.theirs);
    }

    private void onResponse(ChildRekey rekey, Optional<Integer> group, CreateChildSa done, @Nullable ChildSa ours) {
        rekey.isOursUnderWay = false;
        rekey.isOursAgreed = false;
        done.orphan().ifPresent(established.deletions()::announceOrphan);
        if (done.betterGroup().isPresent() && group.isEmpty() && !rekey.isByPeer()) {
            ask(rekey, done.betterGroup());
        } else if (ours == null) {
            done.failure().ifPresentOrElse(failure -> onRefused(rekey, failure), () -> beginAgain(rekey));
        } else if (rekey.isAbandoned
                || established.deletions().hasCome(ours.outbound().spi())
                || hasLost(rekey, done.lowestNonce())) {
            sa.children().drop(ours);
            established.deletions().announce(ours);
            beginAgain(rekey);
        } else {
            boolean oldIsThere = sa.children().isAtWork(rekey.old);
            if (rekeys.goOver(rekey, ours) && oldIsThere) {
                established.deletions().announce(rekey.old);
            }
        }
    }

    /** Ours comes to nothing, as theirs goes on. Where that has gone meanwhile, we begin again. */
    private void beginAgain(ChildRekey rekey) {
        if (!rekey.isByPeer() || rekeys.hasTakenOver(rekey.theirs)) {
            rekeys.settle(rekey);
            rekeys.retry(rekey, RetryDelays.TEMPORARY_FAILURE);
        }
    }

    private void onRefused(ChildRekey rekey, Failure failure) {
        int refusal = failure instanceof Failure.PeerRefused refused ? refused.refusal() : 0;
        rekeys.oursIsOver(rekey);
        if (rekey.isByPeer() || !sa.children().isAtWork(rekey.old)) {
            return;
        }
        switch (refusal) {
            case NotifyType.TEMPORARY_FAILURE, NotifyType.STATE_NOT_FOUND ->
                rekeys.retry(rekey, RetryDelays.TEMPORARY_FAILURE);
            case NotifyType.CHILD_SA_NOT_FOUND -> {
                sa.children().remove(rekey.old, CloseCause.LOST);
                established.createChild(
                        new ChildRequest(rekey.old.config(), Optional.empty(), () -> 0), Optional.empty());
            }
            default -> {
                sa.reportFailure(Optional.of(rekey.old.name().child()), failure);
                rekeys.retry(rekey, RetryDelays.REFUSED);
            }
        }
    }
}
