package org.ikebana.ike.task;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.wire.ProtocolId;
import org.ikebana.ike.wire.TransformType;

/** A CREATE_CHILD_SA exchange that makes a further child SA or rekeys one (RFC 7296 1.3.1, 1.3.3). */
public final class CreateChildSa implements Task {
    private final FreshKeying keying;
    private final ChildCreation creation;
    private final Optional<ChildRequest> wanted;
    private final Optional<Spi> rekeyed;
    private final Consumer<CreateChildSa> done;
    private Optional<Integer> betterGroup = Optional.empty();

    private CreateChildSa(
            FreshKeying keying,
            ChildCreation creation,
            Optional<ChildRequest> wanted,
            Optional<Spi> rekeyed,
            Consumer<CreateChildSa> done) {
        this.keying = keying;
        this.creation = creation;
        this.wanted = wanted;
        this.rekeyed = rekeyed;
        this.done = done;
    }

    /**
     * @param rekeyed our inbound SPI of the SA that the new one replaces
     * @param group of the KE payload where the peer has asked for one; empty for the first that is configured
     * @param done called when the response has been read
     */
    public static CreateChildSa initiator(
            CryptoRegistry crypto,
            SecureRandom random,
            InitResult init,
            ChildSink sink,
            ChildRequest wanted,
            Optional<Spi> rekeyed,
            Optional<Integer> group,
            Consumer<CreateChildSa> done) {
        FreshKeying keying = new FreshKeying(crypto, random, init, Role.INITIATOR);
        keying.begin(wanted.config().proposals(), group);
        return new CreateChildSa(
                keying, ChildCreation.initiator(crypto, sink, keying, wanted), Optional.of(wanted), rekeyed, done);
    }

    /** @param children what the peer may ask for: of a rekey the one alone that it names */
    public static CreateChildSa responder(
            CryptoRegistry crypto, SecureRandom random, InitResult init, ChildSink sink, List<ChildConfig> children) {
        FreshKeying keying = new FreshKeying(crypto, random, init, Role.RESPONDER);
        ChildCreation creation = ChildCreation.responder(crypto, sink, keying, () -> children);
        return new CreateChildSa(keying, creation, Optional.empty(), Optional.empty(), done -> {});
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
        done.accept(this);
    }

    @Override
    public void processRequest(InboundMessage request) throws ExchangeException {
        keying.processRequest(request);
        creation.processRequest(request);
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
        }
    }

    @Override
    public void abandon() {
        creation.abandon();
        keying.close();
    }

    private boolean isOurs(int group) {
        return wanted.stream()
                .flatMap(w -> w.config().proposals().stream())
                .flatMap(p -> p.of(TransformType.KE).stream())
                .anyMatch(t -> t.id() == group);
    }
}
