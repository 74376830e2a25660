package org.ikebana.ike.task;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.InvalidPublicValueException;
import org.ikebana.ike.crypto.KeyExchange;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.proposal.Proposal;
import org.ikebana.ike.proposal.SelectionPolicy;
import org.ikebana.ike.proposal.Suite;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.KeId;
import org.ikebana.ike.wire.KePayload;
import org.ikebana.ike.wire.NoncePayload;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.wire.TransformType;
import org.jspecify.annotations.Nullable;

/**
 * The nonce and, for perfect forward secrecy, the KE payload of a CREATE_CHILD_SA exchange (RFC 7296 1.3.1, 2.17).
 */
final class FreshKeying implements ChildKeying, Task, AutoCloseable {
    private final CryptoRegistry crypto;
    private final SecureRandom random;
    private final InitResult init;
    private final Role role;
    private final Octets ownNonce;
    private KeyExchange.@Nullable Initiator keyPair;
    private @Nullable KePayload ownKe;
    private @Nullable KePayload peerKe;
    private Octets peerNonce = Octets.EMPTY;

    FreshKeying(CryptoRegistry crypto, SecureRandom random, InitResult init, Role role) {
        this.crypto = crypto;
        this.random = random;
        this.init = init;
        this.role = role;
        this.ownNonce = Nonces.fresh(random);
    }

    /** An initiator's public value: of {@code group}, or of the first group that is configured, or none. */
    void begin(List<Proposal> configured, Optional<Integer> group) {
        Optional<KeyExchange> method = group.isPresent()
                ? group.flatMap(crypto::keyExchange)
                : configured.stream()
                        .flatMap(p -> p.of(TransformType.KE).stream())
                        .flatMap(t -> crypto.keyExchange(t.id()).stream())
                        .findFirst();
        method.ifPresent(m -> {
            KeyExchange.Initiator pair = m.initiate(random);
            keyPair = pair;
            ownKe = new KePayload(m.id(), Octets.wrap(pair.publicValue()));
        });
    }

    /** The lower of the two nonces: decides between exchanges that collide (RFC 7296 2.8.1). */
    Octets lowestNonce() {
        return Nonces.lower(ownNonce, peerNonce);
    }

    @Override
    public SelectionPolicy policy() {
        SelectionPolicy policy = SelectionPolicy.DEFAULT;
        KePayload atHand = role == Role.RESPONDER ? peerKe : ownKe;
        return atHand == null ? policy : policy.withGroupAtHand(atHand.method());
    }

    @Override
    public List<Proposal> offer(List<Proposal> configured) {
        return configured;
    }

    @Override
    public ChildKeySource source(Suite suite) throws ExchangeException {
        int wanted = suite.transform(TransformType.KE).map(Transform::id).orElse(KeId.NONE);
        Secret shared = wanted == KeId.NONE ? null : agree(wanted);
        Octets ni = role == Role.INITIATOR ? ownNonce : peerNonce;
        Octets nr = role == Role.INITIATOR ? peerNonce : ownNonce;
        return new ChildKeySource(init.algorithms().prf(), init.keys().skD(), ni, nr, shared);
    }

    @Override
    public void buildRequest(List<Payload> request) {
        addTo(request);
    }

    @Override
    public void processResponse(InboundMessage response) throws ExchangeException {
        read(response);
    }

    @Override
    public void processRequest(InboundMessage request) throws ExchangeException {
        read(request);
    }

    @Override
    public void buildResponse(List<Payload> response) {
        addTo(response);
    }

    @Override
    public void close() {
        if (keyPair != null) {
            keyPair.close();
        }
    }

    private void addTo(List<Payload> payloads) {
        payloads.add(new NoncePayload(ownNonce));
        if (ownKe != null) {
            payloads.add(ownKe);
        }
    }

    private void read(InboundMessage message) throws ExchangeException {
        peerNonce = Nonces.of(message);
        peerKe = message.first(KePayload.class).orElse(null);
    }

    private Secret agree(int wanted) throws ExchangeException {
        KeyExchange method = crypto.keyExchange(wanted)
                .orElseThrow(() -> new ExchangeException(
                        new Failure.LocalFailure("key exchange group " + wanted + " is not ours", Optional.empty())));
        KePayload peer = peerKe;
        if (peer == null || peer.method() != wanted || (ownKe != null && ownKe.method() != wanted)) {
            throw new ExchangeException(
                    new Failure.InvalidKeyExchange(peer == null ? KeId.NONE : peer.method(), wanted, method.name()));
        }
        try {
            if (role == Role.INITIATOR) {
                return pair().complete(peer.value().toByteArray());
            }
            KeyExchange.Response answer = method.respond(peer.value().toByteArray(), random);
            ownKe = new KePayload(wanted, Octets.wrap(answer.publicValue()));
            return answer.shared();
        } catch (InvalidPublicValueException e) {
            throw new ExchangeException(new Failure.PeerMisbehaved(String.valueOf(e.getMessage())));
        }
    }

    private KeyExchange.Initiator pair() throws ExchangeException {
        if (keyPair == null) {
            throw new ExchangeException(
                    new Failure.PeerMisbehaved("the peer chose a key exchange that we did not offer"));
        }
        return keyPair;
    }
}
