package org.ikebana.ike.sa;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.task.InboundMessage;
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
    private final ChildRekeyRequests requests;
    private final RekeyRetries retries;

    /** Prepared pairs that have met a soft limit already: the kernel tells it once. */
    private final Set<ChildSa> due = new HashSet<>(1);

    ChildRekeys(IkeSa sa, SaServices services, Established established) {
        this.sa = sa;
        this.services = services;
        this.established = established;
        this.requests = new ChildRekeyRequests(sa, services, established, this);
        this.retries = new RekeyRetries(services, this::rekey);
    }

    ChildRekeyRequests requests() {
        return requests;
    }

    /** A soft limit. */
    void onSoftExpire(ChildSa child) {
        if (sa.children().stages().isPrepared(child)) {
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
        requests.ask(rekey, Optional.empty());
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

    /** Unless its turn has come after all. */
    private static void dropPrepared(ChildSas children, ChildSa child) {
        if (children.owner().position() instanceof Established now
                && children.stages().isPrepared(child)) {
            now.rekeys().giveUpPrepared(child);
        }
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
        Optional<ChildSa> found = sa.children().stages().byOutboundSpi(outbound);
        if (found.isEmpty()) {
            established.deletions().onUnknown(outbound);
            return Optional.empty();
        }
        ChildSa child = found.get();
        boolean crossing = established.deletions().isUnderWay(outbound);
        if (sa.children().isAtWork(child)) {
            deleteAtWork(child);
        } else if (sa.children().stages().isPrepared(child)) {
            sa.children().drop(child);
            forgetTheirs(child);
        } else {
            sa.children().retirement().linger(child);
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

    /** Takes account of it. False where another rekey of the same pair is under way. */
    boolean track(ChildRekey rekey) {
        ChildRekey known = underWay.putIfAbsent(rekey.old, rekey);
        return known == null || known == rekey;
    }

    /** The new pair takes over. False if the kernel refuses it: then the peer learns that it is gone, and we try again. */
    boolean goOver(ChildRekey rekey, ChildSa fresh) {
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
            services.environment().after(PATIENCE, () -> dropPrepared(children, loser));
        }
        return true;
    }

    void retry(ChildRekey rekey, RetryDelays delay) {
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
            reportCollision(known, answer.old());
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

    private void reportCollision(@Nullable ChildRekey known, ChildSa old) {
        boolean haveBothAsked = known != null
                && known.isOursUnderWay
                && !known.isByPeer()
                && established.queue().isAbout(ExchangeQueue.Subject.CHILD);
        if (haveBothAsked) {
            services.environment().emit(new IkeEvent.RekeysCollided(sa.name(), Optional.of(old.name())));
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
        sa.children().retirement().linger(child);
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

    void settle(ChildRekey rekey) {
        rekey.isOursUnderWay = false;
        underWay.remove(rekey.old, rekey);
    }

    /** The peer's may go on. */
    void oursIsOver(ChildRekey rekey) {
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

    boolean hasTakenOver(@Nullable ChildSa theirs) {
        return theirs != null && sa.children().isAtWork(theirs);
    }

    private boolean isClosing(NotifyPayload rekeySa) {
        return rekeySa.spi().length() == 4
                && established.deletions().isUnderWay(new Spi(rekeySa.spi().toInt()));
    }

    private Optional<ChildSa> named(NotifyPayload rekeySa) {
        boolean isEsp = rekeySa.protocolId() == ProtocolId.ESP && rekeySa.spi().length() == 4;
        return isEsp
                ? sa.children().stages().byOutboundSpi(new Spi(rekeySa.spi().toInt()))
                : Optional.empty();
    }
}
