package org.ikebana.ike.task;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.KeyExchange;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A CREATE_CHILD_SA exchange that makes a new IKE SA in the place of this one (RFC 7296 1.3.2, 2.18). With additional key
 * exchanges there is none before the last of the {@link #followUp} exchanges (RFC 9370 2.2.4).
 */
public final class IkeRekey implements Task {
    private final InitResult old;
    private final Role role;
    private final long ownSpi;
    private final KeyNegotiation keys;
    private final SecureRandom random;
    private final Predicate<Octets> survives;
    private final Consumer<IkeRekey> done;
    private final Optional<CrashTokens> tokens;
    private Optional<Secret> crashToken = Optional.empty();
    private Optional<FollowUps> followUps = Optional.empty();
    private Optional<Integer> betterGroup = Optional.empty();
    private @Nullable InitResult result;
    private @Nullable Failure failure;

    private IkeRekey(
            InitResult old,
            Role role,
            long ownSpi,
            KeyNegotiation keys,
            SecureRandom random,
            Predicate<Octets> survives,
            Consumer<IkeRekey> done,
            Optional<CrashTokens> tokens) {
        this.random = random;
        this.survives = survives;
        this.old = old;
        this.role = role;
        this.ownSpi = ownSpi;
        this.keys = keys;
        this.done = done;
        this.tokens = tokens;
    }

    /**
     * @param ownSpi ours of the new IKE SA
     * @param group of the KE payload where the peer has asked for one; empty for the first that is configured
     * @param survives asked before additional key exchanges, with the lower nonce: whether this exchange has not lost against
     *     one of the peer's, in which case it stops (RFC 9370 2.2.4)
     * @param done called when it is over: when the last response has been read
     */
    public static IkeRekey initiator(
            CryptoRegistry crypto,
            SecureRandom random,
            ConnectionConfig connection,
            InitResult old,
            long ownSpi,
            Optional<Integer> group,
            Predicate<Octets> survives,
            Consumer<IkeRekey> done)
            throws ExchangeException {
        KeyNegotiation keys = keys(crypto, random, connection, ownSpi);
        keys.start();
        if (group.isPresent()) {
            keys.restart(group.get());
        }
        return new IkeRekey(old, Role.INITIATOR, ownSpi, keys, random, survives, done, Optional.empty());
    }

    /** @param tokens what the answer brings one of, if any (RFC 6290 4.3) */
    public static IkeRekey responder(
            CryptoRegistry crypto,
            SecureRandom random,
            ConnectionConfig connection,
            InitResult old,
            long ownSpi,
            Optional<CrashTokens> tokens) {
        KeyNegotiation keys = keys(crypto, random, connection, ownSpi);
        return new IkeRekey(old, Role.RESPONDER, ownSpi, keys, random, nonce -> true, done -> {}, tokens);
    }

    /** The new IKE SA's keys, where it came to one; they are the caller's to close. */
    public Optional<InitResult> result() {
        return Optional.ofNullable(result);
    }

    /** What the peer answers when it has lost the new IKE SA, if it has told that (RFC 6290 4.3); the caller's to close. */
    public Optional<Secret> crashToken() {
        return crashToken;
    }

    /** Why there is no new IKE SA, once the exchange is over. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /** The group that the peer wants instead (INVALID_KE_PAYLOAD), if that is why it refused. */
    public Optional<Integer> betterGroup() {
        return betterGroup;
    }

    /** Once there is a result: SPI of the new IKE SA's initiator, who is the one that asked for the rekey. */
    public long initiatorSpi() {
        return role == Role.INITIATOR ? ownSpi : keys.peerSpi().toLong();
    }

    public long responderSpi() {
        return role == Role.INITIATOR ? keys.peerSpi().toLong() : ownSpi;
    }

    /** The lower nonce of the exchange, once it is over (RFC 7296 2.8.1). */
    public Octets lowestNonce() {
        return Nonces.lower(keys.ownNonce(), keys.peerNonce());
    }

    @Override
    public Optional<FollowUps> followUp() {
        return failure == null ? followUps : Optional.empty();
    }

    @Override
    public void buildRequest(List<Payload> request) {
        keys.buildRequest(request);
    }

    @Override
    public void processResponse(InboundMessage response) {
        Optional<NotifyPayload> error = response.error();
        try (keys) {
            if (error.isPresent()) {
                betterGroup = GroupRequest.of(error.get());
                failure = new Failure.PeerRefused(error.get().notifyType(), "");
            } else {
                keys.processResponse(response);
                agreed();
                crashToken = CrashTokenExchange.read(response);
                if (followUps.isPresent()) {
                    beginFollowUps(followUps.get(), response);
                }
            }
        } catch (ExchangeException e) {
            failure = e.failure();
        }
        if (followUp().isEmpty()) {
            done.accept(this);
        }
    }

    /** Of a closing IKE SA: reads the response that is still to come, and nothing follows. */
    public void processLast(InboundMessage response) {
        if (followUps.isPresent()) {
            followUps.get().processResponse(response);
        } else {
            processResponse(response);
        }
    }

    @Override
    public void processRequest(InboundMessage request) {
        try (keys) {
            keys.processRequest(request);
            agreed();
        } catch (ExchangeException e) {
            failure = e.failure();
        }
    }

    @Override
    public void buildResponse(List<Payload> response) {
        if (failure instanceof Failure.InvalidKeyExchange ke) {
            response.add(GroupRequest.wanting(ke.wanted()));
        } else if (failure != null) {
            response.add(NotifyPayload.of(failure.notifyType().orElse(NotifyType.NO_PROPOSAL_CHOSEN)));
        } else {
            keys.buildResponse(response);
            tokens.ifPresent(t -> response.add(t.of(initiatorSpi(), responderSpi(), Role.RESPONDER)));
            followUps.ifPresent(f -> f.addLink(response));
        }
    }

    @Override
    public void abandon() {
        crashToken.ifPresent(Secret::close);
        keys.close();
        followUps.ifPresent(f -> {
            f.abandon();
            keys.shared().close();
        });
    }

    private void beginFollowUps(FollowUps exchanges, InboundMessage response) throws ExchangeException {
        if (!survives.test(lowestNonce())) {
            followUps = Optional.empty();
            keys.shared().close();
            return;
        }
        try {
            exchanges.readLink(response);
        } catch (ExchangeException e) {
            keys.shared().close();
            throw e;
        }
    }

    private void agreed() throws ExchangeException {
        if (keys.peerSpi().length() != Long.BYTES || keys.peerSpi().toLong() == 0) {
            keys.shared().close();
            throw new ExchangeException(new Failure.Malformed("the proposal brings no SPI for the new IKE SA"));
        }
        List<KeyExchange> additional = keys.algorithms().additional();
        if (additional.isEmpty()) {
            result = old.rekeyed(role, keys, List.of(), initiatorSpi(), responderSpi());
        } else {
            followUps = Optional.of(new FollowUps(additional, random, new Finish()));
        }
    }

    private static KeyNegotiation keys(
            CryptoRegistry crypto, SecureRandom random, ConnectionConfig connection, long ownSpi) {
        return new KeyNegotiation(
                crypto,
                random,
                connection::proposals,
                Optional.ofNullable(connection.places().get("proposals")),
                Octets.ofLong(ownSpi));
    }

    /** The new IKE SA gets its keys. */
    private final class Finish implements FollowUps.Purpose {
        @Override
        public void complete(List<Secret> shared) {
            result = old.rekeyed(role, keys, shared, initiatorSpi(), responderSpi());
            done.accept(IkeRekey.this);
        }

        @Override
        public void fail(Failure why) {
            keys.shared().close();
            failure = why;
            done.accept(IkeRekey.this);
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.ofNullable(failure);
        }
    }
}
