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
import org.ikebana.ike.eap.EapServer;
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
 * The responder's authentication where it takes several IKE_AUTH exchanges: EAP (RFC 7296 2.16), by which alone the responder may
 * prove itself as well (RFC 5998), and several authentications of either side (RFC 4739).
 */
public final class ResponderRounds implements AutoCloseable {
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
    private @Nullable EapServer eap;
    private @Nullable EapProof proof;
    private boolean peerTakesSeveral;
    private boolean peerTakesEapOnly;
    private boolean expectsPeer = true;
    private int exchanges;

    /** What comes of a request. */
    public sealed interface Outcome {
        List<Payload> payloads();

        /** The peer has to go on. */
        record Continue(List<Payload> payloads) implements Outcome {}

        /** Both have proved themselves; what else belongs to the last response is to be added. */
        record Done(List<Payload> payloads) implements Outcome {}

        /** The peer has not proved itself; the payloads tell it no more than that. */
        record Refused(List<Payload> payloads, Failure failure) implements Outcome {}
    }

    /**
     * @param connection that the peer's first request belongs to
     * @param authentication of this IKE SA, whose connection it chooses is that of the round
     */
    public ResponderRounds(
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
        this.own = mine.element();
        this.other = theirs.element();
    }

    /** @throws ExchangeException when the peer has not proved itself, or we cannot */
    public Outcome on(InboundMessage request) throws ExchangeException {
        boolean isFirst = exchanges == 0;
        if (++exchanges > InitiatorRounds.MAX_EXCHANGES) {
            throw new ExchangeException(
                    new Failure.PeerMisbehaved("IKE_AUTH has not come to an end after " + exchanges + " exchanges"));
        }
        if (isFirst) {
            hearExtensions(request);
        }
        List<Payload> heard = new ArrayList<>();
        Optional<Failure> failure = hear(request, heard, isFirst);
        if (failure.isPresent()) {
            heard.add(NotifyPayload.of(NotifyType.AUTHENTICATION_FAILED));
            return new Outcome.Refused(heard, failure.get());
        }
        List<Payload> response = new ArrayList<>();
        if (heard.stream().noneMatch(AuthPayload.class::isInstance) && !mine.isEmpty() && proof == null) {
            prove(response);
        }
        response.addAll(heard);
        boolean isOver = !expectsPeer && mine.isEmpty() && eap == null && proof == null;
        if (isOver) {
            authentication.conclude(connection, present(localId), present(remoteId));
        }
        return isOver ? new Outcome.Done(response) : new Outcome.Continue(response);
    }

    /** Why the peer will not be taken, where it is known before the peer hears of it. */
    public Optional<Failure> fault() {
        return Optional.ofNullable(eap)
                .flatMap(EapServer::fault)
                .map(reason -> new Failure.AuthenticationFailed(reason, other.place("auth")));
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

    private void hearExtensions(InboundMessage request) throws ExchangeException {
        peerTakesSeveral = request.notify(NotifyType.MULTIPLE_AUTH_SUPPORTED).isPresent();
        peerTakesEapOnly = request.notify(NotifyType.EAP_ONLY_AUTHENTICATION).isPresent();
        if (mine.size() > 1 && !peerTakesSeveral) {
            throw refused(
                    "the peer takes one authentication alone (no RFC 4739), and there are several sections local",
                    own.place("auth"));
        }
        if (init.extensions().ppk() == PpkUse.IN_AUTH) {
            throw refused(
                    "the peer brings a PPK into IKE_AUTH (RFC 8784), which is not done with EAP and further rounds"
                            + " here; let both use IKE_INTERMEDIATE (RFC 9867), or take the PPK away",
                    other.place("auth"));
        }
    }

    /** What the peer has to say for itself, and what we answer to that. */
    private Optional<Failure> hear(InboundMessage request, List<Payload> answer, boolean isFirst)
            throws ExchangeException {
        if (proof != null) {
            proof.verify(request);
            answer.add(proof.make());
            close();
            hearWhetherMoreFollows(request);
            announceAnother(answer);
        } else if (eap != null) {
            EapPayload packet = request.required(EapPayload.class, "EAP");
            return take(eap.on(packet.message()), answer);
        } else if (expectsPeer) {
            return begin(request, answer, isFirst);
        }
        return Optional.empty();
    }

    /** The peer begins a round. */
    private Optional<Failure> begin(InboundMessage request, List<Payload> answer, boolean isFirst)
            throws ExchangeException {
        IdPayload idi = request.id(PayloadType.IDI)
                .orElseThrow(() -> new ExchangeException(new Failure.Malformed("the message lacks its IDi payload")));
        Identity peer = Identity.of(idi);
        other = theirs.remove();
        ConnectionConfig round = connection.inRound(own, other);
        if (!peer.matches(other.id())) {
            throw refused("the peer is " + peer + ", the configuration wants " + other.id(), other.place("id"));
        }
        if (ProofKind.of(request) != other.method()) {
            throw refused(
                    peer + " proves itself by " + ProofKind.words(ProofKind.of(request))
                            + ", the configuration asks for " + ProofKind.words(other.method()),
                    other.place("auth"));
        }
        peersId = idi;
        if (other.method() != AuthConfig.Method.EAP) {
            authentication.hear(request, round);
            remoteId = remoteId == null ? authentication.remoteId() : remoteId;
            hearWhetherMoreFollows(request);
            return Optional.empty();
        }
        if (isFirst) {
            authentication.hearFirst(request, round);
        } else {
            authentication.enter(round);
        }
        EapServer conversation = conversations.server(round, authentication.localId(), peer);
        eap = conversation;
        return take(conversation.begin(), answer);
    }

    private Optional<Failure> take(EapServer.Step step, List<Payload> answer) {
        answer.add(new EapPayload(step.packet()));
        return switch (step) {
            case EapServer.Step.Ask ask -> Optional.empty();
            case EapServer.Step.Succeeded succeeded -> {
                close();
                proof = new EapProof(init, succeeded.msk(), present(ownId), present(peersId));
                succeeded
                        .path()
                        .map(path -> new StatusQuestion(succeeded.name(), path, other, List.of()))
                        .ifPresent(authentication::ask);
                remoteId =
                        remoteId == null ? succeeded.name() : remoteId; // RFC 7296 2.16: the one that is authenticated
                yield Optional.empty();
            }
            case EapServer.Step.Failed failed -> {
                close();
                yield Optional.of(new Failure.AuthenticationFailed(failed.reason(), other.place("auth")));
            }
        };
    }

    /** Our next round; of EAP the identity alone (RFC 5998 3). */
    private void prove(List<Payload> response) throws ExchangeException {
        own = mine.remove();
        if (own.method() == AuthConfig.Method.EAP && (other.method() != AuthConfig.Method.EAP || !peerTakesEapOnly)) {
            throw refused(
                    "local.auth = eap, and the peer does not prove itself by EAP or does not let us leave it at that"
                            + " (RFC 5998); set local.auth = pubkey",
                    own.place("auth"));
        }
        authentication.enter(connection.inRound(own, other));
        authentication.prove(PayloadType.IDR, response, Identity.of(present(peersId)));
        ownId = (IdPayload) response.getFirst();
        localId = localId == null ? authentication.localId() : localId;
        announceAnother(response);
    }

    private void announceAnother(List<Payload> response) {
        if (!mine.isEmpty() && response.stream().anyMatch(AuthPayload.class::isInstance)) {
            response.add(NotifyPayload.of(NotifyType.ANOTHER_AUTH_FOLLOWS));
        }
    }

    private void hearWhetherMoreFollows(InboundMessage request) throws ExchangeException {
        expectsPeer = request.notify(NotifyType.ANOTHER_AUTH_FOLLOWS).isPresent();
        if (expectsPeer && theirs.isEmpty()) {
            throw refused(
                    "the peer wants to authenticate once more, and there is no further section remote for that",
                    other.place("auth"));
        }
        if (!expectsPeer && !theirs.isEmpty()) {
            throw refused(
                    "the peer has authenticated for the last time, and there are further sections remote for it",
                    theirs.element().place("auth"));
        }
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
