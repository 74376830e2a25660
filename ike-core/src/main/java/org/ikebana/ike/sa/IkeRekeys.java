package org.ikebana.ike.sa;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.task.CrashTokens;
import org.ikebana.ike.task.ExchangeException;
import org.ikebana.ike.task.FollowUps;
import org.ikebana.ike.task.IkeRekey;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.Task;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Rekeys an IKE SA, and sorts out what happens when both ends do it at once (RFC 7296 1.3.2, 2.8, 2.8.2, 2.25.2). Whoever
 * asked for the new SA that remains deletes the old one; the children go over to the new one.
 */
final class IkeRekeys {
    private final IkeSa sa;
    private final SaServices services;
    private final Established established;
    private Optional<Timer> soft = Optional.empty();
    private Optional<Long> dueAt = Optional.empty();
    private boolean isOursUnderWay;
    private boolean isRedundant;
    private boolean isOursAgreed;
    private long promisedSpi;
    private @Nullable IkeRekey unfinished;
    private @Nullable IkeSa theirs;
    private @Nullable Octets theirLowestNonce;

    IkeRekeys(IkeSa sa, SaServices services, Established established) {
        this.sa = sa;
        this.services = services;
        this.established = established;
    }

    /** From now on its lifetime counts. */
    void start() {
        ConnectionConfig connection = established.config();
        if (connection.rekeyTime().isPositive()) {
            long seconds = SoftLimits.earlier(
                    connection.rekeyTime().toSeconds(),
                    connection.randTime().toSeconds(),
                    services.environment().random());
            retryAfter(Duration.ofSeconds(seconds));
        }
    }

    /** When we ask next by ourselves, in nanoseconds of the environment's clock. */
    Optional<Long> dueAt() {
        return dueAt;
    }

    void leave() {
        soft.ifPresent(Timer::cancel);
        services.registry().withdraw(promisedSpi);
        theirs().ifPresent(fresh -> fresh.terminate(CloseCause.REKEYED));
    }

    /** The lifetime, or a command. Nothing happens where either end has begun already. */
    void rekey() {
        if (!isOursUnderWay && !isByPeer()) {
            ask(Optional.empty());
        }
    }

    /** We have asked, and the children must stay as they are meanwhile (RFC 7296 2.25.2). */
    boolean isUnderWay() {
        return established.queue().isAbout(ExchangeQueue.Subject.IKE_REKEY) || isByPeer();
    }

    void onRequest(InboundMessage request) {
        boolean isBusy = isByPeer()
                || isOursAgreed
                || established.followUps().isWaiting()
                || established.queue().isAbout(ExchangeQueue.Subject.CHILD)
                || established.rekeys().waitsForPeer();
        if (isBusy) {
            sa.reply(request, List.of(NotifyPayload.of(NotifyType.TEMPORARY_FAILURE)));
            return;
        }
        IkeRekey exchange = IkeRekey.responder(
                services.crypto(),
                services.environment().random(),
                established.config(),
                established.init(),
                services.registry().freshSpi(),
                CrashTokens.of(services.crypto(), services.settings()));
        List<Payload> response = new ArrayList<>();
        exchange.processRequest(request);
        exchange.buildResponse(response);
        sa.reply(request, response);
        exchange.followUp().ifPresentOrElse(more -> await(exchange, more), () -> onAnswered(exchange));
    }

    /** There is no new SA before the last additional key exchange (RFC 9370 2.2.4). */
    private void await(IkeRekey exchange, FollowUps more) {
        unfinished = exchange;
        theirLowestNonce = exchange.lowestNonce();
        established.followUps().await(exchange, more, new FollowUpDesk.Owner() {
            @Override
            public void over() {
                unfinished = null;
                onAnswered(exchange);
            }

            @Override
            public void abandoned() {
                unfinished = null;
                if (!isOursUnderWay) {
                    retryAfter(RetryDelays.TEMPORARY_FAILURE.next(
                            services.environment().random()));
                }
            }
        });
    }

    private void onAnswered(IkeRekey exchange) {
        Optional<IkeSa> fresh = exchange.result().map(init -> succession().successor(established, exchange, init));
        boolean collides = established.queue().isAbout(ExchangeQueue.Subject.IKE_REKEY);
        if (fresh.isPresent() && collides) {
            services.environment().emit(new IkeEvent.RekeysCollided(sa.name(), Optional.empty()));
            wait(fresh.get(), exchange.lowestNonce());
        } else if (fresh.isPresent()) {
            goOver(fresh.get());
        }
        exchange.failure()
                .filter(failure -> !(failure instanceof Failure.InvalidKeyExchange))
                .ifPresent(failure -> sa.reportFailure(Optional.empty(), failure));
    }

    /** The peer may know it, and use it before its answer is here. */
    boolean hasPromised(long spi) {
        return isOursUnderWay && spi == promisedSpi;
    }

    /** The peer deletes this SA. What it has made in its place takes over, and ours comes to nothing. */
    CloseCause onDelete() {
        Optional<IkeSa> fresh = theirs();
        if (fresh.isEmpty()) {
            return isRedundant ? CloseCause.REDUNDANT : CloseCause.PEER;
        }
        theirs = null;
        succession().handOver(fresh.get());
        return CloseCause.REKEYED;
    }

    /** Another IKE SA goes on instead of this one, which the peer is to delete. */
    void awaitRedundantDeletion() {
        isRedundant = true;
    }

    private void ask(Optional<Integer> group) {
        isOursUnderWay = true;
        established
                .queue()
                .add(new ExchangeQueue.Exchange(
                        ExchangeType.CREATE_CHILD_SA,
                        ExchangeQueue.Subject.IKE_REKEY,
                        now -> begin(group),
                        (now, failure) -> {
                            isOursUnderWay = false;
                            onRefused(failure);
                        }));
    }

    private Optional<Task> begin(Optional<Integer> group) {
        if (isByPeer()
                || established.followUps().isWaiting()
                || established.rekeys().waitsForPeer()) {
            isOursUnderWay = false;
            retryAfter(RetryDelays.TEMPORARY_FAILURE.next(services.environment().random()));
            return Optional.empty();
        }
        services.registry().withdraw(promisedSpi);
        promisedSpi = services.registry().promiseSpi(sa);
        try {
            return Optional.of(IkeRekey.initiator(
                    services.crypto(),
                    services.environment().random(),
                    established.config(),
                    established.init(),
                    promisedSpi,
                    group,
                    this::survives,
                    done -> onResponse(done, group)));
        } catch (ExchangeException e) {
            isOursUnderWay = false;
            onRefused(e.failure());
            return Optional.empty();
        }
    }

    /** Without a new SA there is nothing to be deleted: the loser just stops, and what the peer has begun goes on, or ours. */
    private boolean survives(Octets lowestNonce) {
        isOursAgreed = !(isByPeer() && losesAgainstTheirs(lowestNonce));
        IkeRekey other = unfinished;
        if (isOursAgreed && other != null) {
            unfinished = null;
            established.followUps().forget(other);
        }
        return isOursAgreed;
    }

    private boolean losesAgainstTheirs(Octets lowestNonce) {
        return theirLowestNonce != null && lowestNonce.compareTo(theirLowestNonce) < 0;
    }

    private void onResponse(IkeRekey done, Optional<Integer> group) {
        isOursUnderWay = false;
        isOursAgreed = false;
        services.registry().withdraw(promisedSpi);
        Optional<IkeSa> ours = done.result().map(init -> succession().successor(established, done, init));
        if (!sa.isEstablished()) { // closed meanwhile: what the peer has gone over to goes as well
            ours.ifPresent(fresh -> fresh.terminate(CloseCause.LOCAL));
        } else if (ours.isPresent()) {
            onNewSa(ours.get(), done.lowestNonce());
        } else if (done.betterGroup().isPresent() && group.isEmpty() && !isByPeer()) {
            ask(done.betterGroup());
        } else {
            done.failure().ifPresentOrElse(this::onRefused, () -> theirs().ifPresent(this::goOver));
        }
    }

    /** The exchange with the lowest nonce of all four has lost (RFC 7296 2.8.2). */
    private void onNewSa(IkeSa ours, Octets lowestNonce) {
        Optional<IkeSa> other = theirs();
        if (other.isPresent() && losesAgainstTheirs(lowestNonce)) {
            ours.terminate(CloseCause.REKEYED);
            goOver(other.get());
            return;
        }
        theirs = null;
        succession().handOver(ours);
        other.ifPresent(loser -> new Succession(loser, services).awaitDeletion());
        succession().delete();
    }

    private void onRefused(Failure failure) {
        Optional<IkeSa> other = theirs();
        if (other.isPresent()) {
            goOver(other.get());
            return;
        }
        if (unfinished != null) {
            return; // the peer's goes on
        }
        boolean isBusy = failure instanceof Failure.PeerRefused refused && RetryDelays.isTemporary(refused.refusal());
        if (!isBusy) {
            sa.reportFailure(Optional.empty(), failure);
        }
        RetryDelays delay = isBusy ? RetryDelays.TEMPORARY_FAILURE : RetryDelays.REFUSED;
        retryAfter(delay.next(services.environment().random()));
    }

    private void goOver(IkeSa fresh) {
        theirs = null;
        succession().handOver(fresh);
        succession().awaitDeletion();
    }

    /** Both ends have asked. The answer to ours decides, or what the peer does first. */
    private void wait(IkeSa fresh, Octets lowestNonce) {
        theirs = fresh;
        theirLowestNonce = lowestNonce;
        if (fresh.position() instanceof Established waiting) {
            waiting.onFirstUse(() -> {
                if (fresh == theirs) {
                    goOver(fresh);
                }
            });
        }
    }

    private boolean isByPeer() {
        return unfinished != null || theirs().isPresent();
    }

    /** Unless it has come to nothing, or is about to. */
    private Optional<IkeSa> theirs() {
        return Optional.ofNullable(theirs).filter(fresh -> fresh.position() instanceof Established);
    }

    private void retryAfter(Duration delay) {
        soft.ifPresent(Timer::cancel);
        dueAt = Optional.of(services.environment().nanoTime() + delay.toNanos());
        soft = Optional.of(services.environment().after(delay, this::rekey));
    }

    private Succession succession() {
        return new Succession(sa, services);
    }
}
