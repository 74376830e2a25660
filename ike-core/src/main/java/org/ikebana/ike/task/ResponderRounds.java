package org.ikebana.ike.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ConnectionConfig;
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
 * What a responder says of who it is in the IKE_AUTH exchanges: in one (RFC 7296 1.2), with EAP in several (2.16), by which alone
 * it may prove itself as well (RFC 5998), and in as many as several authentications of either side take (RFC 4739). Each request
 * is heard first and answered after that, when it is known that the peer is welcome to go on.
 */
public final class ResponderRounds implements AutoCloseable {
    private final InitResult init;
    private final ConnectionConfig connection;
    private final Authentication authentication;
    private final EapConversations conversations;
    private final Rounds rounds;
    private final List<Payload> answer = new ArrayList<>();
    private @Nullable EapServer eap;
    private boolean peerTakesEapOnly;

    /**
     * The peer has not proved itself.
     *
     * @param payloads tell it no more than that
     */
    public record Refusal(List<Payload> payloads, Failure failure) {}

    /**
     * @param connection that the peer's first request belongs to
     * @param authentication of this IKE SA; not begun
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
        this.rounds = new Rounds(connection, authentication);
    }

    /**
     * @return empty where the peer is to be answered
     * @throws ExchangeException when it has not proved itself
     */
    public Optional<Refusal> hear(InboundMessage request) throws ExchangeException {
        rounds.count();
        if (rounds.isFirstExchange()) {
            hearExtensions(request);
        }
        answer.clear();
        if (rounds.proof().isPresent()) {
            hearProof(request, rounds.proof().get());
        } else if (eap != null) {
            EapPayload packet = request.required(EapPayload.class, "EAP");
            return take(eap.on(packet.message()));
        } else if (rounds.expectsPeer()) {
            return begin(request);
        }
        return Optional.empty();
    }

    /** Whether both sides will have proved themselves with the answer to the request heard last. */
    public boolean isOver() {
        int left = rounds.left() - (isOurTurn() ? 1 : 0);
        return !rounds.expectsPeer()
                && left == 0
                && eap == null
                && rounds.proof().isEmpty();
    }

    /** The answer; what else belongs to the last one is to be added. */
    public List<Payload> answer() throws ExchangeException {
        boolean isLast = isOver();
        List<Payload> response = new ArrayList<>();
        if (isOurTurn()) {
            prove(response);
        }
        response.addAll(answer);
        if (isLast) {
            rounds.conclude();
        }
        return response;
    }

    /** Why the peer will not be taken, where it is known before the peer hears of it. */
    public Optional<Failure> fault() {
        return Optional.ofNullable(eap).flatMap(EapServer::fault).map(this::failed);
    }

    @Override
    public void close() {
        if (eap != null) {
            eap.close();
            eap = null;
        }
        rounds.close();
    }

    private void hearExtensions(InboundMessage request) throws ExchangeException {
        boolean takesSeveral =
                request.notify(NotifyType.MULTIPLE_AUTH_SUPPORTED).isPresent();
        peerTakesEapOnly = request.notify(NotifyType.EAP_ONLY_AUTHENTICATION).isPresent();
        if (rounds.left() > 1 && !takesSeveral) {
            throw Rounds.refused(
                    "the peer takes one authentication alone (no RFC 4739), and there are several sections local",
                    rounds.own().place("auth"));
        }
        if (init.extensions().ppk() == PpkUse.IN_AUTH && connection.isAuthenticatedSeveralTimes()) {
            throw Rounds.refused(
                    "the peer brings a PPK into IKE_AUTH (RFC 8784), which does not say in which of several"
                            + " authentications; let both use IKE_INTERMEDIATE (RFC 9867), or take the PPK away",
                    rounds.other().place("auth"));
        }
    }

    /** EAP is over, and the peer proves that it has the key. */
    private void hearProof(InboundMessage request, EapProof proof) throws ExchangeException {
        authentication.verifyByEap(request, proof);
        answer.addAll(authentication.answerByEap(proof));
        close();
        rounds.hearWhetherMoreFollows(request);
        rounds.announceAnother(answer);
    }

    /** The peer begins a round. */
    private Optional<Refusal> begin(InboundMessage request) throws ExchangeException {
        IdPayload idi = request.requiredId(PayloadType.IDI);
        Identity peer = Identity.of(idi);
        rounds.beginPeers();
        AuthConfig wanted = rounds.other();
        if (!peer.matches(wanted.id())) {
            throw Rounds.refused(
                    "the peer is " + peer + ", the configuration wants " + wanted.id(), wanted.place("id"));
        }
        AuthConfig.Method kind = ProofKind.of(request);
        if ((kind == AuthConfig.Method.EAP) != (wanted.method() == AuthConfig.Method.EAP)) {
            throw Rounds.refused(
                    peer + " proves itself by " + ProofKind.words(kind) + ", the configuration asks for "
                            + ProofKind.words(wanted.method()),
                    wanted.place("auth"));
        }
        rounds.heard(idi);
        if (kind == AuthConfig.Method.EAP) {
            return beginEap(request, peer);
        }
        authentication.processRequest(request, rounds.current());
        rounds.proved(authentication.remoteId());
        rounds.hearWhetherMoreFollows(request);
        return Optional.empty();
    }

    private Optional<Refusal> beginEap(InboundMessage request, Identity peer) throws ExchangeException {
        if (rounds.isFirstExchange()) {
            authentication.hearFirst(request, rounds.current());
        } else {
            authentication.enter(rounds.current());
        }
        EapServer conversation = conversations.server(rounds.current(), authentication.localId(), peer);
        eap = conversation;
        return take(conversation.begin());
    }

    private Optional<Refusal> take(EapServer.Step step) {
        answer.add(new EapPayload(step.packet()));
        return switch (step) {
            case EapServer.Step.Ask ask -> Optional.empty();
            case EapServer.Step.Succeeded succeeded -> {
                close();
                rounds.proveBy(succeeded.msk());
                rounds.ask(succeeded.name(), succeeded.path());
                rounds.proved(succeeded.name()); // RFC 7296 2.16: the one that is authenticated
                yield Optional.empty();
            }
            case EapServer.Step.Failed failed -> {
                close();
                List<Payload> refusal = new ArrayList<>(answer);
                refusal.add(NotifyPayload.of(NotifyType.AUTHENTICATION_FAILED));
                yield Optional.of(new Refusal(refusal, failed(failed.reason())));
            }
        };
    }

    /** Not while the peer is at EAP, and not with what proves that we have its key. */
    private boolean isOurTurn() {
        return rounds.left() > 0
                && rounds.proof().isEmpty()
                && answer.stream().noneMatch(AuthPayload.class::isInstance);
    }

    /** Our next round; of EAP the identity alone (RFC 5998 3). */
    private void prove(List<Payload> response) throws ExchangeException {
        ConnectionConfig next = rounds.next();
        boolean isPeerByEap = rounds.other().method() == AuthConfig.Method.EAP;
        if (next.local().method() == AuthConfig.Method.EAP && !(isPeerByEap && peerTakesEapOnly)) {
            throw Rounds.refused(
                    "local.auth = eap, and the peer does not prove itself by EAP or does not let us leave it at that"
                            + " (RFC 5998); set local.auth = pubkey",
                    next.local().place("auth"));
        }
        authentication.enter(next);
        authentication.prove(PayloadType.IDR, response, isPeerByEap ? rounds.peer() : authentication.remoteId());
        rounds.begunOwn((IdPayload) response.getFirst());
        rounds.announceAnother(response);
    }

    private Failure failed(String sentence) {
        return new Failure.AuthenticationFailed(sentence, rounds.other().place("auth"));
    }
}
