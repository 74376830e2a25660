package org.ikebana.ike.task;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.InvalidPublicValueException;
import org.ikebana.ike.crypto.KeyExchange;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.proposal.Mismatch;
import org.ikebana.ike.proposal.OfferedProposal;
import org.ikebana.ike.proposal.Proposal;
import org.ikebana.ike.proposal.ProposalCodec;
import org.ikebana.ike.proposal.ProposalSelector;
import org.ikebana.ike.proposal.Selection;
import org.ikebana.ike.proposal.SelectionPolicy;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.KePayload;
import org.ikebana.ike.wire.NoncePayload;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.wire.SaPayload;
import org.ikebana.ike.wire.TransformType;
import org.jspecify.annotations.Nullable;

/**
 * The SA, KE and nonce payloads of IKE_SA_INIT and of an IKE SA's rekey (RFC 7296 1.2, 1.3.2, 2.7, 2.10): which
 * algorithms, and what both now share.
 * {@link #restart} serves INVALID_KE_PAYLOAD.
 */
public final class KeyNegotiation implements Task, AutoCloseable {
    private final CryptoRegistry crypto;
    private final SecureRandom random;
    private final Supplier<List<Proposal>> allowed;
    private final Optional<SourceRef> place;
    private final Answers answers;
    private final Octets ownSpi;
    private final Octets ownNonce;
    private KeyExchange.@Nullable Initiator keyPair;
    private int method;
    private @Nullable Octets publicValue;
    private @Nullable Octets peerNonce;
    private @Nullable IkeAlgorithms algorithms;
    private @Nullable Secret shared;
    private int proposalNumber;
    private Octets peerSpi = Octets.EMPTY;

    @FunctionalInterface
    private interface Answers {
        KeyExchangeOrder.Outcome of(KeyExchangeOrder order) throws KeyExchangeAwaitedException;
    }

    /** @param place where the proposals stand in the configuration */
    public KeyNegotiation(
            CryptoRegistry crypto, SecureRandom random, Supplier<List<Proposal>> allowed, Optional<SourceRef> place) {
        this(crypto, random, allowed, place, Octets.EMPTY);
    }

    /** A responder's to IKE_SA_INIT, which throws {@link KeyExchangeAwaitedException} where the key exchange takes long. */
    public KeyNegotiation(
            CryptoRegistry crypto,
            SecureRandom random,
            Supplier<List<Proposal>> allowed,
            Optional<SourceRef> place,
            KeyExchangeAnswers answers) {
        this(crypto, random, allowed, place, Octets.EMPTY, answers::of);
    }

    /** @param ownSpi of the new IKE SA; empty in IKE_SA_INIT, where it stands in the header */
    KeyNegotiation(
            CryptoRegistry crypto,
            SecureRandom random,
            Supplier<List<Proposal>> allowed,
            Optional<SourceRef> place,
            Octets ownSpi) {
        this(crypto, random, allowed, place, ownSpi, KeyExchangeOrder::carryOut);
    }

    private KeyNegotiation(
            CryptoRegistry crypto,
            SecureRandom random,
            Supplier<List<Proposal>> allowed,
            Optional<SourceRef> place,
            Octets ownSpi,
            Answers answers) {
        this.answers = answers;
        this.ownSpi = ownSpi;
        this.crypto = crypto;
        this.random = random;
        this.allowed = allowed;
        this.place = place;
        this.ownNonce = Nonces.fresh(random);
    }

    /** The initiator's first guess is the first group of its first proposal. */
    public void start() throws ExchangeException {
        for (Proposal proposal : allowed.get()) {
            for (Transform transform : proposal.of(TransformType.KE)) {
                if (crypto.keyExchange(transform.id()).isPresent()) {
                    useGroup(transform.id());
                    return;
                }
            }
        }
        throw new ExchangeException(
                new Failure.LocalFailure("none of our proposals names a key exchange method that we have", place));
    }

    /**
     * The responder wants another group (RFC 7296 1.2, INVALID_KE_PAYLOAD).
     *
     * @throws ExchangeException when it is one that we did not offer, or the one we used
     */
    public void restart(int group) throws ExchangeException {
        boolean offered = allowed.get().stream()
                .flatMap(p -> p.of(TransformType.KE).stream())
                .anyMatch(t -> t.id() == group);
        if (!offered || group == method) {
            throw new ExchangeException(new Failure.PeerMisbehaved("the peer asks for key exchange group " + group
                    + ", which is " + (offered ? "the one it got" : "none of ours")));
        }
        useGroup(group);
    }

    public Octets ownNonce() {
        return ownNonce;
    }

    /** After the exchange. */
    public Octets peerNonce() {
        return present(peerNonce);
    }

    /** After the exchange. */
    public IkeAlgorithms algorithms() {
        return present(algorithms);
    }

    /** Of the new IKE SA, after the exchange of a rekey. */
    Octets peerSpi() {
        return peerSpi;
    }

    /** After the exchange; the caller closes it. */
    public Secret shared() {
        return present(shared);
    }

    @Override
    public void buildRequest(List<Payload> request) {
        request.add(ProposalCodec.toWire(allowed.get(), ownSpi));
        request.add(new KePayload(method, present(publicValue)));
        request.add(new NoncePayload(ownNonce));
    }

    @Override
    public void processResponse(InboundMessage response) throws ExchangeException {
        SaPayload sa = response.required(SaPayload.class, "SA");
        Selection selection = ProposalSelector.verifyChoice(ProposalCodec.fromWire(sa), allowed.get());
        Selection.Selected selected = selected(selection);
        IkeAlgorithms chosen = algorithms(selected);
        KePayload ke = response.required(KePayload.class, "KE");
        if (chosen.keyExchange().id() != method || ke.method() != method) {
            throw new ExchangeException(new Failure.PeerMisbehaved("the peer chose "
                    + chosen.keyExchange().name() + " but answered our public value of group " + method));
        }
        peerNonce = Nonces.of(response);
        try {
            shared = present(keyPair).complete(ke.value().toByteArray());
        } catch (InvalidPublicValueException e) {
            throw new ExchangeException(new Failure.PeerMisbehaved(String.valueOf(e.getMessage())));
        }
        algorithms = chosen;
        peerSpi = selected.peerSpi();
    }

    @Override
    public void processRequest(InboundMessage request) throws ExchangeException {
        List<OfferedProposal> offers = ProposalCodec.fromWire(request.required(SaPayload.class, "SA"));
        KePayload ke = request.required(KePayload.class, "KE");
        Selection.Selected selected = selected(
                ProposalSelector.select(offers, allowed.get(), SelectionPolicy.DEFAULT.withGroupAtHand(ke.method())));
        IkeAlgorithms chosen = algorithms(selected);
        KeyExchange exchange = chosen.keyExchange();
        if (ke.method() != exchange.id()) {
            throw new ExchangeException(new Failure.InvalidKeyExchange(ke.method(), exchange.id(), exchange.name()));
        }
        peerNonce = Nonces.of(request);
        KeyExchange.Response answer = switch (answers.of(new KeyExchangeOrder(exchange, ke.value(), random))) {
            case KeyExchangeOrder.Outcome.Made made -> made.response();
            case KeyExchangeOrder.Outcome.Refused refused ->
                throw new ExchangeException(new Failure.PeerMisbehaved(refused.why()));
        };
        method = exchange.id();
        publicValue = Octets.wrap(answer.publicValue());
        shared = answer.shared();
        algorithms = chosen;
        proposalNumber = selected.number();
        peerSpi = selected.peerSpi();
    }

    @Override
    public void buildResponse(List<Payload> response) {
        response.add(ProposalCodec.toWire(algorithms().suite(), proposalNumber, ownSpi));
        response.add(new KePayload(method, present(publicValue)));
        response.add(new NoncePayload(ownNonce));
    }

    /** Wipes the private key; the shared secret belongs to whoever took it. */
    @Override
    public void close() {
        if (keyPair != null) {
            keyPair.close();
            keyPair = null;
        }
    }

    private void useGroup(int group) {
        close();
        keyPair = crypto.keyExchange(group).orElseThrow().initiate(random);
        method = group;
        publicValue = Octets.wrap(keyPair.publicValue());
    }

    private Selection.Selected selected(Selection selection) throws ExchangeException {
        return switch (selection) {
            case Selection.Selected selected -> selected;
            case Selection.NoProposalChosen none ->
                throw new ExchangeException(new Failure.NoProposalChosen(
                        "IKE", none.reasons().stream().map(Mismatch::sentence).toList(), place));
        };
    }

    private IkeAlgorithms algorithms(Selection.Selected selected) throws ExchangeException {
        return IkeAlgorithms.of(selected.suite(), crypto)
                .orElseThrow(() -> new ExchangeException(new Failure.LocalFailure(
                        "the configured proposal " + selected.suite() + " needs an algorithm that we do not have",
                        place)));
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("not before the exchange");
        }
        return value;
    }
}
