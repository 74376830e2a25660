package org.ikebana.ike.task;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.eap.EapException;
import org.ikebana.ike.eap.EapPeer;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.wire.AuthPayload;
import org.ikebana.ike.wire.EapPayload;
import org.ikebana.ike.wire.IdPayload;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.wire.PayloadType;
import org.jspecify.annotations.Nullable;

/**
 * The initiator's authentication where it takes several IKE_AUTH exchanges: EAP (RFC 7296 2.16), by which alone the responder may
 * prove itself as well (RFC 5998), and several authentications of either side (RFC 4739).
 */
public final class InitiatorRounds implements AutoCloseable {
    /** The longest EAP there is, for each of a few rounds. */
    static final int MAX_EXCHANGES = 4 * EapPeer.MAX_REQUESTS;

    private final InitResult init;
    private final ConnectionConfig connection;
    private final Authentication authentication;
    private final EapConversations conversations;
    private final Deque<AuthConfig> mine;
    private final Deque<AuthConfig> theirs;
    private AuthConfig own;
    private AuthConfig other;
    private @Nullable IdPayload ownId;
    private @Nullable IdPayload peersId;
    private @Nullable Identity localId;
    private @Nullable Identity remoteId;
    private @Nullable EapPeer eap;
    private @Nullable EapProof proof;
    private @Nullable Payload answer;
    private boolean isOwnOver;
    private boolean expectsPeer = true;
    private int exchanges;

    /** @param authentication of this IKE SA; not begun */
    public InitiatorRounds(
            InitResult init,
            ConnectionConfig connection,
            Authentication authentication,
            EapConversations conversations) {
        this.init = init;
        this.connection = connection;
        this.authentication = authentication;
        this.conversations = conversations;
        this.mine = new ArrayDeque<>(connection.local().rounds());
        this.theirs = new ArrayDeque<>(connection.remote().rounds());
        this.own = mine.remove();
        this.other = theirs.element();
    }

    /** What the first request carries for it. */
    public List<Payload> begin() throws ExchangeException {
        if (!mine.isEmpty() && !init.extensions().multipleAuth()) {
            throw refused(
                    "the peer takes one authentication alone (no RFC 4739), and there are several sections local; leave"
                            + " one, or give it as many sections remote",
                    own.place("auth"));
        }
        List<Payload> request = new ArrayList<>();
        authentication.buildRequest(request);
        began(request);
        localId = authentication.localId();
        new MultipleAuthSupport(List.of(connection)).buildRequest(request);
        if (other.method() == AuthConfig.Method.EAP) {
            request.add(NotifyPayload.of(NotifyType.EAP_ONLY_AUTHENTICATION));
        }
        announceAnother(request);
        return request;
    }

    /**
     * @return what the next request carries; empty when both sides have proved themselves with this response
     * @throws ExchangeException when one has not
     */
    public Optional<List<Payload>> proceed(InboundMessage response) throws ExchangeException {
        if (++exchanges > MAX_EXCHANGES) {
            throw new ExchangeException(
                    new Failure.PeerMisbehaved("IKE_AUTH has not come to an end after " + exchanges + " exchanges"));
        }
        if (response.id(PayloadType.IDR).isPresent() || peersId == null) {
            hearPeer(response);
        }
        hearOwn(response);
        boolean isOver = isOwnOver && mine.isEmpty() && !expectsPeer;
        if (isOver) {
            authentication.conclude(connection, localId(), remoteId());
        }
        return isOver ? Optional.empty() : Optional.of(next());
    }

    @Override
    public void close() {
        if (eap != null) {
            eap.close();
            eap = null;
        }
        if (proof != null) {
            proof.close();
            proof = null;
        }
    }

    /** The responder begins a round of its own. */
    private void hearPeer(InboundMessage response) throws ExchangeException {
        IdPayload idr = response.id(PayloadType.IDR)
                .orElseThrow(() -> new ExchangeException(new Failure.Malformed("the message lacks its IDr payload")));
        if (!expectsPeer || theirs.isEmpty()) {
            throw refused(
                    "the peer authenticates once more, as " + Identity.of(idr)
                            + ", and there is no further section remote for that",
                    other.place("auth"));
        }
        other = theirs.remove();
        authentication.enter(connection.inRound(own, other));
        if (other.method() == AuthConfig.Method.EAP) {
            hearPeerByEap(response, Identity.of(idr));
        } else {
            authentication.processResponse(response);
            hearWhetherMoreFollows(response);
        }
        peersId = idr;
        remoteId = remoteId == null ? authentication.remoteId() : remoteId;
    }

    /** It proves itself inside of EAP, or not at all (RFC 5998 3). */
    private void hearPeerByEap(InboundMessage response, Identity peer) throws ExchangeException {
        boolean proves = response.first(AuthPayload.class).isPresent();
        if (proves || own.method() != AuthConfig.Method.EAP) {
            throw refused(
                    "the peer proves itself by " + ProofKind.words(ProofKind.of(response))
                            + ", the configuration asks for EAP alone",
                    other.place("auth"));
        }
        if (!peer.matches(other.id())) {
            throw refused("the peer is " + peer + ", the configuration wants " + other.id(), other.place("id"));
        }
        expectsPeer = false;
        authentication.conclude(connection.inRound(own, other), authentication.localId(), peer);
    }

    private void hearOwn(InboundMessage response) throws ExchangeException {
        if (isOwnOver) {
            return;
        }
        if (own.method() != AuthConfig.Method.EAP) {
            isOwnOver = true;
        } else if (proof == null) {
            converse(response);
        } else {
            proof.verify(response);
            close();
            isOwnOver = true;
            if (other.method() == AuthConfig.Method.EAP) {
                hearWhetherMoreFollows(response);
            }
        }
    }

    private void converse(InboundMessage response) throws ExchangeException {
        EapPayload packet = response.required(EapPayload.class, "EAP");
        try {
            EapPeer conversation = conversation();
            switch (conversation.on(packet.message())) {
                case EapPeer.Step.Answer a -> answer = new EapPayload(a.packet());
                case EapPeer.Step.Succeeded succeeded -> {
                    EapProof made = new EapProof(init, succeeded.msk(), present(ownId), present(peersId));
                    proof = made;
                    answer = made.make();
                    succeeded
                            .path()
                            .map(path -> new StatusQuestion(Identity.of(present(peersId)), path, other, List.of()))
                            .ifPresent(authentication::ask);
                }
            }
        } catch (EapException e) {
            throw refused(e.sentence(), own.place("auth"));
        }
    }

    private EapPeer conversation() throws ExchangeException {
        if (eap == null) {
            eap = conversations.peer(connection.inRound(own, other), Identity.of(present(ownId)));
        }
        return eap;
    }

    private List<Payload> next() throws ExchangeException {
        List<Payload> request = new ArrayList<>();
        if (answer != null) {
            request.add(answer);
            if (answer instanceof AuthPayload) {
                announceAnother(request);
            }
            answer = null;
        } else if (isOwnOver && !mine.isEmpty()) {
            own = mine.remove();
            isOwnOver = false;
            authentication.enter(connection.inRound(own, other));
            authentication.prove(PayloadType.IDI, request, other.id());
            began(request);
            announceAnother(request);
        }
        return request;
    }

    private void began(List<Payload> request) {
        ownId = request.stream()
                .filter(IdPayload.class::isInstance)
                .map(IdPayload.class::cast)
                .filter(id -> id.type() == PayloadType.IDI)
                .findFirst()
                .orElseThrow();
    }

    private void announceAnother(List<Payload> request) {
        if (!mine.isEmpty() && request.stream().anyMatch(AuthPayload.class::isInstance)) {
            request.add(NotifyPayload.of(NotifyType.ANOTHER_AUTH_FOLLOWS));
        }
    }

    private void hearWhetherMoreFollows(InboundMessage response) throws ExchangeException {
        expectsPeer = response.notify(NotifyType.ANOTHER_AUTH_FOLLOWS).isPresent();
        if (!expectsPeer && !theirs.isEmpty()) {
            throw refused(
                    "the peer has authenticated for the last time, and there are further sections remote for it: give it"
                            + " as many sections local",
                    theirs.element().place("auth"));
        }
    }

    private Identity localId() {
        return present(localId);
    }

    private Identity remoteId() {
        return present(remoteId);
    }

    /** @param place in the section of the round that it is about */
    private static ExchangeException refused(String sentence, Optional<SourceRef> place) {
        return new ExchangeException(new Failure.AuthenticationFailed(sentence, place));
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("not before the exchange");
        }
        return value;
    }
}
