package org.ikebana.ike.sa;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.CreateChildSa;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.Task;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.ProtocolId;
import org.jspecify.annotations.Nullable;

/**
 * Rekeys the child SAs of one IKE SA, and sorts out what happens when both ends do it at once or one of them deletes
 * meanwhile (RFC 7296 2.8, 2.8.1, 2.25.1).
 *
 * <p>Whoever asked installs both new SAs when the answer is there, and deletes the old pair. Whoever answered installs the
 * inbound one alone, and goes over to the new pair when the old one is deleted.
 */
final class ChildRekeys {
    /** By then a peer has deleted the pair with which it has lost. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final IkeSa sa;
    private final SaServices services;
    private final Established established;
    private final Map<ChildSa, ChildRekey> underWay = new LinkedHashMap<>(1);
    private final RekeyRetries retries;

    /** Prepared pairs that have met a soft limit already: the kernel tells it once. */
    private final Set<ChildSa> due = new HashSet<>(1);

    ChildRekeys(IkeSa sa, SaServices services, Established established) {
        this.sa = sa;
        this.services = services;
        this.established = established;
        this.retries = new RekeyRetries(services, this::rekey);
    }

    /** A soft limit. */
    void onSoftExpire(ChildSa child) {
        if (sa.children().isPrepared(child)) {
            due.add(child);
        } else {
            rekey(child);
        }
    }

    /** A command. Nothing happens where either end has begun already. */
    void rekey(ChildSa child) {
        if (!sa.children().isAtWork(child) || underWay.containsKey(child)) {
            return;
        }
        retries.cancel(child);
        ChildRekey rekey = new ChildRekey(child);
        underWay.put(child, rekey);
        ask(rekey, Optional.empty());
    }

    /** Whether the peer has a pair half replaced: the IKE SA cannot be rekeyed meanwhile (RFC 7296 2.25.2). */
    boolean waitsForPeer() {
        return underWay.values().stream().anyMatch(ChildRekey::isByPeer);
    }

    /** The kernel has ended the pair. True if its successor is on the way, so that it needs no other. */
    boolean onHardExpire(ChildSa child) {
        ChildRekey rekey = underWay.get(child);
        if (rekey != null && rekey.theirs != null && goOver(rekey, rekey.theirs)) {
            established.deletions().announce(child);
            return true;
        }
        if (rekey == null || !rekey.isOursUnderWay) {
            return false;
        }
        rekey.isOldExpired = true;
        return true;
    }

    /** A pair whose turn does not come: the kernel has ended it, or the peer has lost with it. */
    void giveUpPrepared(ChildSa child) {
        sa.children().drop(child);
        forgetTheirs(child);
        established.deletions().announce(child);
    }

    /** The peer asks for a pair in the place of another one. */
    void onRequest(InboundMessage request, NotifyPayload rekeySa) {
        Optional<ChildSa> old = named(rekeySa);
        // What we do not know may be what the answer to a request of ours is to bring.
        boolean mayYetCome = old.isEmpty() && established.queue().isAbout(ExchangeQueue.Subject.CHILD);
        if (old.isPresent() && isBusy(old.get()) || isClosing(rekeySa) || mayYetCome) {
            sa.reply(request, List.of(NotifyPayload.of(NotifyType.TEMPORARY_FAILURE)));
        } else if (old.isEmpty()) {
            sa.reply(
                    request,
                    List.of(new NotifyPayload(
                            ProtocolId.ESP, rekeySa.spi(), NotifyType.CHILD_SA_NOT_FOUND, Octets.EMPTY)));
        } else {
            new ChildRekeyAnswer(sa, services, established, old.get(), this::onTheirs).respond(request);
        }
    }

    /**
     * The peer deletes the pair with this outbound SPI.
     *
     * @return our inbound SPI of it, unless we have announced its deletion ourselves (RFC 7296 2.25.1)
     */
    Optional<Spi> onDelete(Spi outbound) {
        Optional<ChildSa> found = sa.children().byOutboundSpi(outbound);
        if (found.isEmpty()) {
            established.deletions().onUnknown(outbound);
            return Optional.empty();
        }
        ChildSa child = found.get();
        boolean crossing = established.deletions().isUnderWay(outbound);
        if (sa.children().isAtWork(child)) {
            deleteAtWork(child);
        } else if (sa.children().isPrepared(child)) {
            sa.children().drop(child);
            forgetTheirs(child);
        } else {
            sa.children().linger(child);
        }
        return crossing ? Optional.empty() : Optional.of(child.inbound().spi());
    }

    /** We close a pair for good: what is to replace it comes to nothing as well. */
    void onLocalDelete(ChildSa child) {
        retries.cancel(child);
        ChildRekey rekey = underWay.get(child);
        if (rekey == null) {
            return;
        }
        rekey.isAbandoned = true;
        rekey.forgetUnfinished();
        ChildSa theirs = rekey.theirs;
        if (theirs != null) {
            sa.children().drop(theirs);
            rekey.theirs = null;
            established.deletions().announce(theirs);
        }
        if (!rekey.isOursUnderWay) {
            settle(rekey);
        }
    }

    void leave() {
        retries.clear();
    }

    /** A rekeyed IKE SA goes on with what is to be tried again. */
    void moveTo(ChildRekeys other) {
        retries.clear().forEach(other::rekey);
        other.due.addAll(due);
    }

    private void ask(ChildRekey rekey, Optional<Integer> group) {
        rekey.isOursUnderWay = true;
        established
                .queue()
                .add(new ExchangeQueue.Exchange(
                        ExchangeType.CREATE_CHILD_SA,
                        ExchangeQueue.Subject.CHILD,
                        now -> now.rekeys().begin(rekey, group),
                        failure -> {
                            oursIsOver(rekey);
                            sa.reportFailure(Optional.of(rekey.old.name().child()), failure);
                            retry(rekey, RetryDelays.REFUSED);
                        }));
    }

    private Optional<Task> begin(ChildRekey rekey, Optional<Integer> group) {
        ChildSa old = rekey.old;
        ChildRekey known = underWay.putIfAbsent(old, rekey);
        boolean isOvertaken = known != null && known != rekey || rekey.isByPeer();
        if (!sa.children().isAtWork(old) || isOvertaken) {
            oursIsOver(rekey);
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
        return rekey.losesAgainstTheirs(lowestNonce) || hasTakenOver(rekey.theirs);
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
            if (goOver(rekey, ours) && oldIsThere) {
                established.deletions().announce(rekey.old);
            }
        }
    }

    /** Ours comes to nothing, as theirs goes on. Where that has gone meanwhile, we begin again. */
    private void beginAgain(ChildRekey rekey) {
        if (!rekey.isByPeer() || hasTakenOver(rekey.theirs)) {
            settle(rekey);
            retry(rekey, RetryDelays.TEMPORARY_FAILURE);
        }
    }

    /** The new pair takes over. False if the kernel refuses it: then the peer learns that it is gone, and we try again. */
    private boolean goOver(ChildRekey rekey, ChildSa fresh) {
        settle(rekey);
        try {
            sa.children().takeOver(fresh, rekey.old);
        } catch (KernelException e) {
            sa.children().drop(fresh);
            established.deletions().announce(fresh);
            sa.reportFailure(
                    Optional.of(rekey.old.name().child()), new Failure.LocalFailure(e.getMessage(), Optional.empty()));
            retry(rekey, RetryDelays.REFUSED);
            return false;
        }
        if (due.remove(fresh)) {
            rekey(fresh);
        }
        ChildSa loser = rekey.theirs;
        if (loser != null && loser != fresh) {
            ChildSas children = sa.children();
            services.environment().after(PATIENCE, () -> children.owner().dropPrepared(loser));
        }
        return true;
    }

    private void onRefused(ChildRekey rekey, Failure failure) {
        int refusal = failure instanceof Failure.PeerRefused refused ? refused.refusal() : 0;
        oursIsOver(rekey);
        if (rekey.isByPeer() || !sa.children().isAtWork(rekey.old)) {
            return;
        }
        switch (refusal) {
            case NotifyType.TEMPORARY_FAILURE, NotifyType.STATE_NOT_FOUND ->
                retry(rekey, RetryDelays.TEMPORARY_FAILURE);
            case NotifyType.CHILD_SA_NOT_FOUND -> {
                sa.children().remove(rekey.old, CloseCause.LOST);
                established.createChild(
                        new ChildRequest(rekey.old.config(), Optional.empty(), () -> 0), Optional.empty());
            }
            default -> {
                sa.reportFailure(Optional.of(rekey.old.name().child()), failure);
                retry(rekey, RetryDelays.REFUSED);
            }
        }
    }

    private void retry(ChildRekey rekey, RetryDelays delay) {
        if (rekey.isOldExpired) {
            established.deleteChild(rekey.old, CloseCause.EXPIRED);
        } else if (sa.children().isAtWork(rekey.old)) {
            retries.schedule(rekey.old, delay);
        }
    }

    private void onTheirs(ChildRekeyAnswer answer) {
        ChildSa made = answer.result();
        ChildRekey known = underWay.get(answer.old());
        if (made != null || answer.isUnfinished()) {
            retries.cancel(answer.old());
            ChildRekey rekey = underWay.computeIfAbsent(answer.old(), ChildRekey::new);
            rekey.theirs = made;
            rekey.unfinished = made == null ? answer : null;
            rekey.theirLowestNonce = answer.lowestNonce();
        } else if (known != null && known.unfinished == answer) {
            known.unfinished = null;
            theirsIsOver(known, RetryDelays.TEMPORARY_FAILURE);
        }
    }

    private void deleteAtWork(ChildSa child) {
        ChildRekey rekey = underWay.get(child);
        if (rekey == null || rekey.theirs == null) {
            if (rekey != null) {
                rekey.forgetUnfinished();
                theirsIsOver(rekey, RetryDelays.TEMPORARY_FAILURE);
            }
            sa.children().remove(child, CloseCause.PEER);
            return;
        }
        boolean oursIsUnderWay = rekey.isOursUnderWay;
        if (!goOver(rekey, rekey.theirs)) {
            sa.children().remove(child, CloseCause.PEER);
            return;
        }
        sa.children().linger(child);
        if (oursIsUnderWay) { // its answer is still to come
            rekey.isOursUnderWay = true;
            underWay.put(child, rekey);
        }
    }

    private void forgetTheirs(ChildSa theirs) {
        for (ChildRekey rekey : List.copyOf(underWay.values())) {
            if (theirs.equals(rekey.theirs)) {
                rekey.theirs = null;
                due.remove(theirs);
                theirsIsOver(rekey, RetryDelays.REFUSED);
            }
        }
    }

    /** Ours may go on. */
    private void theirsIsOver(ChildRekey rekey, RetryDelays delay) {
        if (!rekey.isOursUnderWay) {
            settle(rekey);
            retry(rekey, delay);
        }
    }

    private void settle(ChildRekey rekey) {
        rekey.isOursUnderWay = false;
        underWay.remove(rekey.old, rekey);
    }

    /** The peer's may go on. */
    private void oursIsOver(ChildRekey rekey) {
        rekey.isOursUnderWay = false;
        if (!rekey.isByPeer()) {
            settle(rekey);
        }
    }

    /** In the making, already replaced, or being rekeyed by the peer: it has to wait (RFC 7296 2.25.1). */
    private boolean isBusy(ChildSa child) {
        ChildRekey rekey = underWay.get(child);
        return !sa.children().isAtWork(child) || rekey != null && (rekey.isByPeer() || rekey.isOursAgreed);
    }

    private boolean hasTakenOver(@Nullable ChildSa theirs) {
        return theirs != null && sa.children().isAtWork(theirs);
    }

    private boolean isClosing(NotifyPayload rekeySa) {
        return rekeySa.spi().length() == 4
                && established.deletions().isUnderWay(new Spi(rekeySa.spi().toInt()));
    }

    private Optional<ChildSa> named(NotifyPayload rekeySa) {
        boolean isEsp = rekeySa.protocolId() == ProtocolId.ESP && rekeySa.spi().length() == 4;
        return isEsp ? sa.children().byOutboundSpi(new Spi(rekeySa.spi().toInt())) : Optional.empty();
    }
}
