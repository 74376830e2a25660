package org.ikebana.ike.task;

import java.util.ArrayList;
import java.util.List;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.eap.EapException;
import org.ikebana.ike.eap.EapPeer;
import org.ikebana.ike.wire.AuthPayload;
import org.ikebana.ike.wire.EapPayload;
import org.ikebana.ike.wire.IdPayload;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.wire.PayloadType;
import org.jspecify.annotations.Nullable;

/**
 * What an initiator says of who it is in the IKE_AUTH exchanges: in one (RFC 7296 1.2), with EAP in several (2.16), by which alone
 * the responder may prove itself as well (RFC 5998), and in as many as several authentications of either side take (RFC 4739).
 */
public final class InitiatorRounds implements AutoCloseable {
    private final InitResult init;
    private final ConnectionConfig connection;
    private final Authentication authentication;
    private final EapConversations conversations;
    private final Rounds rounds;
    private @Nullable EapPeer eap;
    private final List<Payload> answer = new ArrayList<>();
    private boolean isOwnOver;

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
        this.rounds = new Rounds(connection, authentication);
    }

    /** What the first request carries for it. */
    public List<Payload> begin() throws ExchangeException {
        if (rounds.left() > 1 && !init.extensions().multipleAuth()) {
            throw Rounds.refused(
                    "the peer takes one authentication alone (no RFC 4739), and there are several sections local; leave"
                            + " one, or give it as many sections remote",
                    rounds.own().place("auth"));
        }
        List<Payload> request = new ArrayList<>();
        authentication.buildRequest(request);
        rounds.begunOwn((IdPayload) request.getFirst());
        SupportNotify.multipleAuth(connection.isAuthenticatedSeveralTimes()).announce(request);
        if (rounds.other().method() == AuthConfig.Method.EAP) {
            request.add(NotifyPayload.of(NotifyType.EAP_ONLY_AUTHENTICATION));
        }
        rounds.announceAnother(request);
        return request;
    }

    /** @throws ExchangeException when one of both has not proved itself */
    public void hear(InboundMessage response) throws ExchangeException {
        rounds.count();
        if (response.id(PayloadType.IDR).isPresent() || !rounds.hasHeardPeer()) {
            hearPeer(response);
        }
        hearOwn(response);
        if (isOver()) {
            rounds.conclude();
        }
    }

    /** Both sides have proved themselves with the response heard last. */
    public boolean isOver() {
        return isOwnOver && rounds.left() == 0 && !rounds.expectsPeer();
    }

    /** What the next request carries, where it is not over. */
    public List<Payload> next() throws ExchangeException {
        List<Payload> request = new ArrayList<>(answer);
        if (!answer.isEmpty()) {
            rounds.announceAnother(request);
            answer.clear();
        } else if (isOwnOver && rounds.left() > 0) {
            authentication.enter(rounds.next());
            authentication.prove(PayloadType.IDI, request, rounds.other().id());
            rounds.begunOwn((IdPayload) request.getFirst());
            isOwnOver = false;
            rounds.announceAnother(request);
        }
        return request;
    }

    @Override
    public void close() {
        if (eap != null) {
            eap.close();
            eap = null;
        }
        rounds.close();
    }

    /** The responder begins a round of its own. */
    private void hearPeer(InboundMessage response) throws ExchangeException {
        IdPayload idr = response.requiredId(PayloadType.IDR);
        if (!rounds.expectsPeer()) {
            throw Rounds.refused(
                    "the peer authenticates once more, as " + Identity.of(idr)
                            + ", and there is no further section remote for that",
                    rounds.other().place("auth"));
        }
        rounds.beginPeers();
        authentication.enter(rounds.current());
        if (rounds.other().method() == AuthConfig.Method.EAP) {
            hearPeerByEap(response, Identity.of(idr));
        } else {
            authentication.processResponse(response);
            rounds.hearWhetherMoreFollows(response);
        }
        rounds.heard(idr);
        rounds.proved(authentication.remoteId());
    }

    /** It proves itself inside of EAP, or not at all (RFC 5998 3). */
    private void hearPeerByEap(InboundMessage response, Identity peer) throws ExchangeException {
        boolean proves = response.first(AuthPayload.class).isPresent();
        if (proves || rounds.own().method() != AuthConfig.Method.EAP) {
            throw Rounds.refused(
                    "the peer proves itself by " + ProofKind.words(ProofKind.of(response))
                            + ", the configuration asks for EAP alone",
                    rounds.other().place("auth"));
        }
        AuthConfig wanted = rounds.other();
        if (!peer.matches(wanted.id())) {
            throw Rounds.refused(
                    "the peer is " + peer + ", the configuration wants " + wanted.id(), wanted.place("id"));
        }
        rounds.expectNoMore();
        authentication.conclude(rounds.current(), authentication.localId(), peer);
    }

    private void hearOwn(InboundMessage response) throws ExchangeException {
        if (isOwnOver) {
            return;
        }
        if (rounds.own().method() != AuthConfig.Method.EAP) {
            isOwnOver = true;
        } else if (rounds.proof().isEmpty()) {
            converse(response);
        } else {
            authentication.verifyByEap(response, rounds.proof().get());
            close();
            isOwnOver = true;
            if (rounds.other().method() == AuthConfig.Method.EAP) {
                rounds.hearWhetherMoreFollows(response);
            }
        }
    }

    private void converse(InboundMessage response) throws ExchangeException {
        EapPayload packet = response.required(EapPayload.class, "EAP");
        try {
            switch (conversation().on(packet.message())) {
                case EapPeer.Step.Answer said -> answer.add(new EapPayload(said.packet()));
                case EapPeer.Step.Succeeded succeeded -> {
                    answer.addAll(authentication.proveByEap(rounds.proveBy(succeeded.msk())));
                    rounds.ask(rounds.peer(), succeeded.path());
                }
            }
        } catch (EapException e) {
            throw Rounds.refused(e.sentence(), rounds.own().place("auth"));
        }
    }

    private EapPeer conversation() throws ExchangeException {
        if (eap == null) {
            eap = conversations.peer(rounds.current(), rounds.self());
        }
        return eap;
    }
}
