package org.ikebana.ike.task;

import java.security.SecureRandom;
import java.util.List;
import org.ikebana.ike.crypto.InvalidPublicValueException;
import org.ikebana.ike.crypto.KeyExchange;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.wire.KePayload;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A KE payload each way, of a method that was agreed on before: what IKE_INTERMEDIATE and IKE_FOLLOWUP_KE carry (RFC 9370
 * 2.2.2, 2.2.4).
 */
public final class AdditionalKeyExchange implements Task, AutoCloseable {
    private final KeyExchange method;
    private final SecureRandom random;
    private KeyExchange.@Nullable Initiator keyPair;
    private KeyExchange.@Nullable Response answer;
    private @Nullable Secret shared;

    public AdditionalKeyExchange(KeyExchange method, SecureRandom random) {
        this.method = method;
        this.random = random;
    }

    /** After the exchange; the caller closes it. */
    public Secret shared() {
        return present(shared);
    }

    @Override
    public void buildRequest(List<Payload> request) {
        keyPair = method.initiate(random);
        request.add(new KePayload(method.id(), Octets.wrap(keyPair.publicValue())));
    }

    @Override
    public void processResponse(InboundMessage response) throws ExchangeException {
        byte[] peer = peerValue(response);
        try {
            shared = present(keyPair).complete(peer);
        } catch (InvalidPublicValueException e) {
            throw refused(e);
        }
    }

    @Override
    public void processRequest(InboundMessage request) throws ExchangeException {
        byte[] peer = peerValue(request);
        try {
            answer = method.respond(peer, random);
            shared = answer.shared();
        } catch (InvalidPublicValueException e) {
            throw refused(e);
        }
    }

    @Override
    public void buildResponse(List<Payload> response) {
        response.add(new KePayload(method.id(), Octets.wrap(present(answer).publicValue())));
    }

    @Override
    public void abandon() {
        close();
    }

    /** Wipes the private key; the shared secret belongs to whoever took it. */
    @Override
    public void close() {
        if (keyPair != null) {
            keyPair.close();
            keyPair = null;
        }
    }

    private byte[] peerValue(InboundMessage message) throws ExchangeException {
        KePayload ke = message.required(KePayload.class, "KE");
        if (ke.method() != method.id()) {
            throw new ExchangeException(
                    new Failure.PeerMisbehaved("the peer sends a public value of key exchange method " + ke.method()
                            + " where " + method.name() + " was agreed on"));
        }
        return ke.value().toByteArray();
    }

    private static ExchangeException refused(InvalidPublicValueException e) {
        return new ExchangeException(new Failure.PeerMisbehaved(String.valueOf(e.getMessage())));
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("not before the exchange");
        }
        return value;
    }
}
