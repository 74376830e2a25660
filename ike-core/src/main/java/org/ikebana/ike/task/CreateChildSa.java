package org.ikebana.ike.task;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.wire.ProtocolId;
import org.ikebana.ike.wire.TransformType;

/**
 * A CREATE_CHILD_SA exchange that makes a further child SA or rekeys one (RFC 7296 1.3.1, 1.3.3). With additional key
 * exchanges there is no child before the last of the {@link #followUp} exchanges (RFC 9370 2.2.4).
 */
public final class CreateChildSa implements Task {
    private final FreshKeying keying;
    private final ChildCreation creation;
    private final Optional<ChildRequest> wanted;
    private final Optional<Spi> rekeyed;
    private final SecureRandom random;
    private final Predicate<Octets> survives;
    private final Consumer<CreateChildSa> done;
    private Optional<Integer> betterGroup = Optional.empty();
    private Optional<FollowUps> followUps = Optional.empty();

    private CreateChildSa(
            FreshKeying keying,
            ChildCreation creation,
            Optional<ChildRequest> wanted,
            Optional<Spi> rekeyed,
            SecureRandom random,
            Predicate<Octets> survives,
            Consumer<CreateChildSa> done) {
        this.random = random;
        this.survives = survives;
        this.keying = keying;
        this.creation = creation;
        this.wanted = wanted;
        this.rekeyed = rekeyed;
        this.done = done;
    }

    /**
     * @param rekeyed our inbound SPI of the SA that the new one replaces
     * @param group of the KE payload where the peer has asked for one; empty for the first that is configured
     * @param survives asked before additional key exchanges, with the lower nonce: whether this exchange has not lost against
     *     one of the peer's, in which case it stops (RFC 9370 2.2.4)
     * @param done called when it is over: when the last response has been read
     */
    public static CreateChildSa initiator(
            CryptoRegistry crypto,
            SecureRandom random,
            InitResult init,
            ChildSink sink,
            ChildRequest wanted,
            Optional<Spi> rekeyed,
            Optional<Integer> group,
            Predicate<Octets> survives,
            Consumer<CreateChildSa> done) {
        FreshKeying keying = new FreshKeying(crypto, random, init, Role.INITIATOR);
        keying.begin(wanted.config().proposals(), group);
        return new CreateChildSa(
                keying,
                ChildCreation.initiator(crypto, sink, keying, wanted),
                Optional.of(wanted),
                rekeyed,
                random,
                survives,
                done);
    }

    /** @param children what the peer may ask for */
    public static CreateChildSa responder(
            CryptoRegistry crypto, SecureRandom random, InitResult init, ChildSink sink, List<ChildConfig> children) {
        FreshKeying keying = new FreshKeying(crypto, random, init, Role.RESPONDER);
        return responder(keying, random, ChildCreation.responder(crypto, sink, keying, () -> children));
    }

    /** @param inUse the selectors of the SA that is rekeyed */
    public static CreateChildSa responderOfRekey(
            CryptoRegistry crypto,
            SecureRandom random,
            InitResult init,
            ChildSink sink,
            ChildConfig rekeyed,
            ChildSelectors inUse) {
        FreshKeying keying = new FreshKeying(crypto, random, init, Role.RESPONDER);
        return responder(keying, random, ChildCreation.responderOfRekey(crypto, sink, keying, rekeyed, inUse));
    }

    private static CreateChildSa responder(FreshKeying keying, SecureRandom random, ChildCreation creation) {
        return new CreateChildSa(
                keying, creation, Optional.empty(), Optional.empty(), random, nonce -> true, done -> {});
    }

    /** Why there is no child, once the exchange is over. */
    public Optional<Failure> failure() {
        return creation.failure();
    }

    public Optional<String> childName() {
        return creation.childName();
    }

    /** Our inbound SPI of a pair that only the peer has, once the exchange is over. */
    public Optional<Spi> orphan() {
        return creation.orphan();
    }

    /** The lower nonce of the exchange, once it is over (RFC 7296 2.8.1). */
    public Octets lowestNonce() {
        return keying.lowestNonce();
    }

    /** The group that the peer wants instead (INVALID_KE_PAYLOAD, RFC 7296 1.3), if that is why it refused. */
    public Optional<Integer> betterGroup() {
        return betterGroup;
    }

    @Override
    public Optional<FollowUps> followUp() {
        return failure().isPresent() ? Optional.empty() : followUps;
    }

    @Override
    public void buildRequest(List<Payload> request) throws ExchangeException {
        rekeyed.ifPresent(spi -> request.add(
                new NotifyPayload(ProtocolId.ESP, Octets.ofInt(spi.value()), NotifyType.REKEY_SA, Octets.EMPTY)));
        creation.buildRequest(request);
        keying.buildRequest(request);
    }

    @Override
    public void processResponse(InboundMessage response) throws ExchangeException {
        try (keying) {
            if (response.error().isEmpty()) {
                keying.processResponse(response);
            }
            betterGroup = response.notify(NotifyType.INVALID_KE_PAYLOAD)
                    .flatMap(GroupRequest::of)
                    .filter(this::isOurs);
            creation.processResponse(response);
        }
        if (creation.isUnfinished()) {
            beginFollowUps(response);
        }
        if (followUp().isEmpty()) {
            done.accept(this);
        }
    }

    @Override
    public void processRequest(InboundMessage request) throws ExchangeException {
        keying.processRequest(request);
        creation.processRequest(request);
        if (creation.isUnfinished()) {
            followUps = Optional.of(new FollowUps(creation.additional(), random, new Finish()));
        }
    }

    @Override
    public void buildResponse(List<Payload> response) {
        Optional<Failure> failure = creation.failure();
        if (failure.isPresent() && failure.get() instanceof Failure.InvalidKeyExchange ke) {
            response.add(GroupRequest.wanting(ke.wanted()));
            return;
        }
        creation.buildResponse(response);
        if (failure.isEmpty()) {
            keying.buildResponse(response);
            followUps.ifPresent(f -> f.addLink(response));
        }
    }

    @Override
    public void abandon() {
        creation.abandon();
        keying.close();
        followUps.ifPresent(FollowUps::abandon);
    }

    private void beginFollowUps(InboundMessage response) {
        if (!survives.test(lowestNonce())) {
            creation.abandon();
            return;
        }
        FollowUps exchanges = new FollowUps(creation.additional(), random, new Finish());
        try {
            exchanges.readLink(response);
            followUps = Optional.of(exchanges);
        } catch (ExchangeException e) {
            creation.fail(e.failure());
        }
    }

    private boolean isOurs(int group) {
        return wanted.stream()
                .flatMap(w -> w.config().proposals().stream())
                .flatMap(p -> p.of(TransformType.KE).stream())
                .anyMatch(t -> t.id() == group);
    }

    /** The child gets its keys, and is installed. */
    private final class Finish implements FollowUps.Purpose {
        @Override
        public void complete(List<Secret> shared) {
            creation.complete(shared);
            done.accept(CreateChildSa.this);
        }

        @Override
        public void fail(Failure failure) {
            creation.fail(failure);
            done.accept(CreateChildSa.this);
        }

        @Override
        public Optional<Failure> failure() {
            return creation.failure();
        }
    }
}
