package org.ikebana.ike.task;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.Ppk;
import org.ikebana.ike.auth.Ppks;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.PpkPolicy;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.wire.AuthPayload;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.jspecify.annotations.Nullable;

/**
 * The PPK_IDENTITY and NO_PPK_AUTH notifies of IKE_AUTH (RFC 8784 3): they decide with which keys the AUTH payloads are made,
 * and the IKE SA goes on. Where IKE_INTERMEDIATE has mixed a PPK in already (RFC 9867), only whether it is the right one.
 */
final class PpkAuthentication implements AutoCloseable {
    private final InitResult plain;
    private final Ppks ppks;
    private @Nullable InitResult mixed;
    private Octets id = Octets.EMPTY;
    private boolean isUsed;
    private boolean isSettled;

    PpkAuthentication(InitResult plain, Ppks ppks) {
        this.plain = plain;
        this.ppks = ppks;
    }

    /** What AUTH is made with, theirs once its message has been read and ours. */
    InitResult keys() {
        return isUsed && mixed != null ? mixed : plain;
    }

    InitResult withoutPpk() {
        return plain;
    }

    /** For people; empty where none is in use. */
    Optional<String> ppkInUse() {
        return isEarly() ? Optional.of(PpkId.text(plain.ppkId())) : unproved();
    }

    /** For people: one that comes in with AUTH, and has not been shown to be the same at both ends before. */
    Optional<String> unproved() {
        return isUsed ? Optional.of(PpkId.text(id)) : Optional.empty();
    }

    /** An initiator's choice, where USE_PPK has been agreed on; made once, however often its message is built. */
    void offer(ConnectionConfig connection) throws ExchangeException {
        if (!isAgreed() || isUsed) {
            return;
        }
        Identity wanted = connection.ppk().id().orElseThrow();
        Ppk ppk = ppks.find(wanted.data())
                .orElseThrow(() -> new ExchangeException(new Failure.LocalFailure(
                        "the PPK with id " + wanted + " is gone from the configuration",
                        Optional.of(connection.place("ppk_id")))));
        use(ppk, PpkId.toWire(wanted));
    }

    /** Makes an AUTH payload with other keys than those of {@link #keys()}. */
    @FunctionalInterface
    interface Signer {
        AuthPayload sign(InitResult keys) throws ExchangeException;
    }

    void buildRequest(List<Payload> request, PpkPolicy policy, Signer signer) throws ExchangeException {
        if (isUsed) {
            request.add(NotifyPayload.of(NotifyType.PPK_IDENTITY, id));
            if (!policy.required()) {
                request.add(NotifyPayload.of(
                        NotifyType.NO_PPK_AUTH, signer.sign(plain).data()));
            }
        }
    }

    /** What the responder has made of the offer. */
    void processResponse(InboundMessage response, ConnectionConfig connection) throws ExchangeException {
        if (isUsed && response.notify(NotifyType.PPK_IDENTITY).isEmpty()) { // its content does not matter
            if (connection.ppk().required()) {
                throw refused(
                        "the peer has no PPK with id " + PpkId.text(id)
                                + ", and ppk_required asks for one; give it that PPK, or set ppk_required = no",
                        connection);
            }
            isUsed = false;
        }
    }

    /** A responder's, on a request that asks for EAP: what can be said of a PPK before it comes in. */
    void checkBeforeAuth(InboundMessage request, ConnectionConfig connection) throws ExchangeException {
        if (!isAgreed()) {
            processRequest(request, connection);
        }
    }

    /** Table 1 of RFC 8784 3. */
    void processRequest(InboundMessage request, ConnectionConfig connection) throws ExchangeException {
        boolean required = connection.ppk().required();
        if (isEarly()) {
            checkEarly(connection);
            return;
        }
        if (!isAgreed()) {
            if (required) {
                throw refused(
                        "the peer uses no PPK (RFC 8784), or none that we have, and ppk_required asks for one; configure the"
                                + " same PPK on both sides, or set ppk_required = no",
                        connection);
            }
            return;
        }
        id = request.notify(NotifyType.PPK_IDENTITY)
                .map(NotifyPayload::data)
                .orElseThrow(
                        () -> refused("the peer promised a PPK (RFC 8784) and names none in IKE_AUTH", connection));
        Optional<Ppk> ppk =
                PpkId.ofWire(id).filter(wanted -> isFor(connection, wanted)).flatMap(ppks::find);
        if (ppk.isPresent()) {
            use(ppk.get(), id);
        } else if (required || request.notify(NotifyType.NO_PPK_AUTH).isEmpty()) {
            throw refused(unknown(connection, required), connection);
        }
    }

    /** The proof of a peer that goes by {@link #keys()}: its AUTH payload, or what an initiator has sent beside it. */
    AuthPayload proof(InboundMessage message, AuthPayload auth) {
        boolean isBeside = plain.role() == Role.RESPONDER && isAgreed() && !isUsed;
        return isBeside ? proofWithoutPpk(message, auth).orElse(auth) : auth;
    }

    /** The method is that of the AUTH payload. */
    Optional<AuthPayload> proofWithoutPpk(InboundMessage request, AuthPayload auth) {
        return request.notify(NotifyType.NO_PPK_AUTH).map(notify -> new AuthPayload(auth.method(), notify.data()));
    }

    void buildResponse(List<Payload> response) {
        if (isUsed) {
            response.add(NotifyPayload.of(NotifyType.PPK_IDENTITY));
        }
    }

    /** After the exchange: what the IKE SA goes on with. The keys that it goes on without are wiped. */
    InitResult settle() {
        isSettled = true;
        if (mixed != null) {
            (isUsed ? plain : mixed).keys().closeDerived();
        }
        return keys();
    }

    /** Unless it is settled, nothing comes of what has been mixed. */
    @Override
    public void close() {
        if (mixed != null && !isSettled) {
            mixed.keys().closeDerived();
        }
    }

    /** Its IKE_INTERMEDIATE exchange came before the peer's identity. */
    private void checkEarly(ConnectionConfig connection) throws ExchangeException {
        id = plain.ppkId();
        if (PpkId.ofWire(id).filter(used -> isFor(connection, used)).isEmpty()) {
            throw refused(unknown(connection, false), connection);
        }
    }

    private static boolean isFor(ConnectionConfig connection, Octets wanted) {
        return connection.ppk().id().stream().allMatch(own -> own.data().equals(wanted));
    }

    private boolean isEarly() {
        return !plain.ppkId().isEmpty();
    }

    private boolean isAgreed() {
        return plain.extensions().ppk() == PpkUse.IN_AUTH;
    }

    private void use(Ppk ppk, Octets wireId) {
        id = wireId;
        mixed = plain.withPpk(ppk.secret());
        isUsed = true;
    }

    private String unknown(ConnectionConfig connection, boolean required) {
        String what = connection.ppk().id().isPresent()
                ? "the peer's PPK " + PpkId.text(id) + " is not the one of this connection, "
                        + connection.ppk().id().get()
                : "we have no PPK with the id of the peer's, " + PpkId.text(id);
        return what + ", and " + (required ? "ppk_required asks for one" : "the peer insists on it")
                + "; name the same ppk_id on both sides, and add a section secrets.ppk with that id";
    }

    private static ExchangeException refused(String sentence, ConnectionConfig connection) {
        return new ExchangeException(
                new Failure.AuthenticationFailed(sentence, Optional.of(connection.place("ppk_id"))));
    }
}
