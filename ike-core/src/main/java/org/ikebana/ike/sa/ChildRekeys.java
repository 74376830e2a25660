package org.ikebana.ike.sa;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.task.ChildDeletion;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.CreateChildSa;
import org.ikebana.ike.task.ExchangeException;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.Task;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
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
    private final IkeSa sa;
    private final SaServices services;
    private final Established established;
    private final Map<ChildSa, ChildRekey> underWay = new LinkedHashMap<>(1);
    private final Map<ChildSa, Timer> retries = new LinkedHashMap<>(1);

    /** Pairs whose deletion we have announced, by outbound SPI. */
    private final Set<Spi> closing = new HashSet<>();

    ChildRekeys(IkeSa sa, SaServices services, Established established) {
        this.sa = sa;
        this.services = services;
        this.established = established;
    }

    /** A soft limit, or a command. Nothing happens where either end has begun already. */
    void rekey(ChildSa child) {
        if (!sa.children().isAtWork(child) || underWay.containsKey(child)) {
            return;
        }
        cancelRetry(child);
        ChildRekey rekey = new ChildRekey(child);
        underWay.put(child, rekey);
        ask(rekey, Optional.empty());
    }

    /** Whether the peer has a pair half replaced: the IKE SA cannot be rekeyed meanwhile (RFC 7296 2.25.2). */
    boolean waitsForPeer() {
        return underWay.values().stream().anyMatch(rekey -> rekey.theirs != null);
    }

    /** The kernel has ended the pair. True if its successor is on the way, so that it needs no other. */
    boolean onHardExpire(ChildSa child) {
        ChildRekey rekey = underWay.get(child);
        if (rekey != null && rekey.theirs != null) {
            goOver(rekey, rekey.theirs);
            announceDeletion(child);
            return true;
        }
        return rekey != null && rekey.isOursUnderWay;
    }

    /** Announces to the peer that a pair is gone here (RFC 7296 1.4.1). */
    void announceDeletion(ChildSa child) {
        closing.add(child.outbound().spi());
        established
                .queue()
                .add(new ExchangeQueue.Exchange(
                        ExchangeType.INFORMATIONAL,
                        ExchangeQueue.Subject.CHILD,
                        now -> Optional.of(ChildDeletion.initiator(
                                child.inbound().spi(), () -> now.rekeys().closed(child))),
                        failure -> sa.warn(
                                "the peer was not told that " + child.name() + " is gone: " + failure.sentence())));
    }

    /** The peer asks for a pair in the place of another one. */
    void onRequest(InboundMessage request, NotifyPayload rekeySa) {
        Optional<ChildSa> old = named(rekeySa);
        if (old.isPresent() && isBusy(old.get()) || isClosing(rekeySa)) {
            sa.reply(request, List.of(NotifyPayload.of(NotifyType.TEMPORARY_FAILURE)));
        } else if (old.isEmpty()) {
            sa.reply(
                    request,
                    List.of(new NotifyPayload(
                            ProtocolId.ESP, rekeySa.spi(), NotifyType.CHILD_SA_NOT_FOUND, Octets.EMPTY)));
        } else {
            answer(request, old.get());
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
            return Optional.empty();
        }
        ChildSa child = found.get();
        boolean crossing = closing.contains(outbound);
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

    void leave() {
        retries.values().forEach(Timer::cancel);
        retries.clear();
    }

    /** A rekeyed IKE SA goes on with what is to be tried again. */
    void moveTo(ChildRekeys other) {
        List<ChildSa> again = new ArrayList<>(retries.keySet());
        leave();
        again.forEach(other::rekey);
        other.closing.addAll(closing);
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
                            settle(rekey);
                            sa.reportFailure(Optional.of(rekey.old.name().child()), failure);
                        }));
    }

    private Optional<Task> begin(ChildRekey rekey, Optional<Integer> group) {
        ChildSa old = rekey.old;
        if (!sa.children().isAtWork(old) || rekey.theirs != null) {
            settle(rekey);
            return Optional.empty();
        }
        underWay.put(old, rekey);
        RekeySink sink = new RekeySink(sa.children(), old);
        return Optional.of(CreateChildSa.initiator(
                services.crypto(),
                services.environment().random(),
                established.init(),
                sink,
                ChildRequest.rekey(old.config(), old.selectors()),
                Optional.of(old.inbound().spi()),
                group,
                done -> onResponse(rekey, group, done, sink.prepared())));
    }

    private void onResponse(ChildRekey rekey, Optional<Integer> group, CreateChildSa done, @Nullable ChildSa ours) {
        rekey.isOursUnderWay = false;
        if (done.betterGroup().isPresent() && group.isEmpty()) {
            ask(rekey, done.betterGroup());
        } else if (ours == null) {
            done.failure().ifPresent(failure -> onRefused(rekey, failure));
        } else if (rekey.losesAgainstTheirs(done.lowestNonce()) || hasTakenOver(rekey.theirs)) {
            sa.children().drop(ours);
            announceDeletion(ours);
            if (rekey.theirs == null || hasTakenOver(rekey.theirs)) {
                settle(rekey);
            }
        } else {
            goOver(rekey, ours);
        }
    }

    /** The new pair takes over, and the old one is announced as gone, unless the peer has done that. */
    private void goOver(ChildRekey rekey, ChildSa fresh) {
        boolean oldIsThere = sa.children().isAtWork(rekey.old);
        try {
            sa.children().takeOver(fresh, rekey.old);
        } catch (KernelException e) {
            sa.children().drop(fresh);
            announceDeletion(fresh);
            sa.reportFailure(
                    Optional.of(rekey.old.name().child()), new Failure.LocalFailure(e.getMessage(), Optional.empty()));
            settle(rekey);
            return;
        }
        settle(rekey);
        if (oldIsThere && fresh != rekey.theirs) {
            announceDeletion(rekey.old);
        }
    }

    private void onRefused(ChildRekey rekey, Failure failure) {
        int refusal = failure instanceof Failure.PeerRefused refused ? refused.refusal() : 0;
        boolean peersIsThere = rekey.theirs != null;
        if (!peersIsThere) {
            settle(rekey);
        }
        if (peersIsThere || !sa.children().isAtWork(rekey.old)) {
            return;
        }
        switch (refusal) {
            case NotifyType.TEMPORARY_FAILURE -> retry(rekey.old, RetryDelays.TEMPORARY_FAILURE);
            case NotifyType.CHILD_SA_NOT_FOUND -> {
                sa.children().remove(rekey.old, CloseCause.LOST);
                established.createChild(
                        new ChildRequest(rekey.old.config(), Optional.empty(), () -> 0), Optional.empty());
            }
            default -> {
                sa.reportFailure(Optional.of(rekey.old.name().child()), failure);
                retry(rekey.old, RetryDelays.REFUSED);
            }
        }
    }

    private void retry(ChildSa child, RetryDelays delay) {
        cancelRetry(child);
        retries.put(
                child,
                services.environment().after(delay.next(services.environment().random()), () -> {
                    retries.remove(child);
                    rekey(child);
                }));
    }

    private void cancelRetry(ChildSa child) {
        Timer timer = retries.remove(child);
        if (timer != null) {
            timer.cancel();
        }
    }

    private void answer(InboundMessage request, ChildSa old) {
        RekeySink sink = new RekeySink(sa.children(), old);
        CreateChildSa exchange = CreateChildSa.responder(
                services.crypto(), services.environment().random(), established.init(), sink, List.of(old.config()));
        List<Payload> response = new ArrayList<>();
        try {
            exchange.processRequest(request);
            exchange.buildResponse(response);
        } catch (ExchangeException e) {
            response.add(NotifyPayload.of(e.failure().notifyType().orElse(NotifyType.INVALID_SYNTAX)));
        }
        ChildSa theirs = sink.prepared();
        if (theirs != null) {
            cancelRetry(old);
            ChildRekey rekey = underWay.computeIfAbsent(old, ChildRekey::new);
            rekey.theirs = theirs;
            rekey.theirLowestNonce = exchange.lowestNonce();
        }
        sa.reply(request, response);
        exchange.failure()
                .filter(failure -> !(failure instanceof Failure.InvalidKeyExchange))
                .ifPresent(failure -> sa.reportFailure(Optional.of(old.name().child()), failure));
    }

    private void deleteAtWork(ChildSa child) {
        ChildRekey rekey = underWay.get(child);
        if (rekey == null || rekey.theirs == null) {
            sa.children().remove(child, CloseCause.PEER);
            return;
        }
        boolean oursIsUnderWay = rekey.isOursUnderWay;
        goOver(rekey, rekey.theirs);
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
                if (!rekey.isOursUnderWay) {
                    settle(rekey);
                }
            }
        }
    }

    private void closed(ChildSa child) {
        closing.remove(child.outbound().spi());
        sa.children().linger(child);
    }

    private void settle(ChildRekey rekey) {
        rekey.isOursUnderWay = false;
        underWay.remove(rekey.old);
    }

    /** In the making, already replaced, or being rekeyed by the peer: it has to wait (RFC 7296 2.25.1). */
    private boolean isBusy(ChildSa child) {
        ChildRekey rekey = underWay.get(child);
        return !sa.children().isAtWork(child) || rekey != null && rekey.theirs != null;
    }

    private boolean hasTakenOver(@Nullable ChildSa theirs) {
        return theirs != null && sa.children().isAtWork(theirs);
    }

    private boolean isClosing(NotifyPayload rekeySa) {
        return rekeySa.spi().length() == 4
                && closing.contains(new Spi(rekeySa.spi().toInt()));
    }

    private Optional<ChildSa> named(NotifyPayload rekeySa) {
        boolean isEsp = rekeySa.protocolId() == ProtocolId.ESP && rekeySa.spi().length() == 4;
        return isEsp ? sa.children().byOutboundSpi(new Spi(rekeySa.spi().toInt())) : Optional.empty();
    }
}
