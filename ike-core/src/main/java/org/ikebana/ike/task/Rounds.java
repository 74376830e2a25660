package org.ikebana.ike.task;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.eap.EapPeer;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.wire.AuthPayload;
import org.ikebana.ike.wire.IdPayload;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.x509.TrustPath;
import org.jspecify.annotations.Nullable;

/**
 * How far the authentications of both sides have come (RFC 4739), each in its own round: most have one a side. In a round of EAP
 * either side proves with the key that has come of it (RFC 7296 2.16).
 */
final class Rounds implements AutoCloseable {
    /** The longest EAP there is, for each of a few rounds. */
    private static final int MAX_EXCHANGES = 4 * EapPeer.MAX_REQUESTS;

    private final ConnectionConfig connection;
    private final Authentication authentication;
    private final Deque<AuthConfig> mine;
    private final Deque<AuthConfig> theirs;
    private AuthConfig own;
    private AuthConfig other;
    private @Nullable IdPayload ownId;
    private @Nullable IdPayload peersId;
    private @Nullable Identity localId;
    private @Nullable Identity remoteId;
    private @Nullable EapProof proof;
    private boolean expectsPeer = true;
    private int exchanges;

    /** @param authentication of this IKE SA; not begun */
    Rounds(ConnectionConfig connection, Authentication authentication) {
        this.connection = connection;
        this.authentication = authentication;
        this.mine = new ArrayDeque<>(connection.local().rounds());
        this.theirs = new ArrayDeque<>(connection.remote().rounds());
        this.own = mine.element();
        this.other = theirs.element();
    }

    /** A message of the peer's has come. */
    void count() throws ExchangeException {
        if (++exchanges > MAX_EXCHANGES) {
            throw new ExchangeException(
                    new Failure.PeerMisbehaved("IKE_AUTH has not come to an end after " + exchanges + " exchanges"));
        }
    }

    boolean isFirstExchange() {
        return exchanges == 1;
    }

    /** Our section, of the present round or the one to come. */
    AuthConfig own() {
        return own;
    }

    /** The peer's section, likewise. */
    AuthConfig other() {
        return other;
    }

    /** The connection as if it had the present round alone. */
    ConnectionConfig current() {
        return connection.inRound(own, other);
    }

    /** As {@link #current}, of our next round. */
    ConnectionConfig next() {
        return connection.inRound(mine.element(), other);
    }

    /** How many rounds of ours have not begun. */
    int left() {
        return mine.size();
    }

    /** Whether there is a round of the peer's to come. */
    boolean expectsPeer() {
        return expectsPeer;
    }

    /**
     * Our next round has begun.
     *
     * @param id payload that we say
     */
    void begunOwn(IdPayload id) {
        own = mine.remove();
        ownId = id;
        localId = localId == null ? authentication.localId() : localId;
    }

    void beginPeers() {
        other = theirs.remove();
    }

    /** @param id payload of the peer's that begins a round */
    void heard(IdPayload id) {
        peersId = id;
    }

    boolean hasHeardPeer() {
        return peersId != null;
    }

    /** Who the peer says it is in this round. */
    Identity peer() {
        return Identity.of(present(peersId));
    }

    /** Who we say we are in this round. */
    Identity self() {
        return Identity.of(present(ownId));
    }

    /** The peer has proved who it is; by its first round it is known. */
    void proved(Identity identity) {
        remoteId = remoteId == null ? identity : remoteId;
    }

    /** @param msk the key that both have from EAP; to be closed here */
    EapProof proveBy(Secret msk) {
        EapProof made = new EapProof(msk, present(ownId), present(peersId));
        proof = made;
        return made;
    }

    /** What either side has yet to prove by, EAP being over. */
    Optional<EapProof> proof() {
        return Optional.ofNullable(proof);
    }

    /** The peer has no further round where EAP alone is to prove who it is: whether it has shows after EAP (RFC 5998). */
    void expectNoMore() {
        expectsPeer = false;
    }

    /** A certificate that the peer has shown inside of EAP may have been revoked. */
    void ask(Identity whose, Optional<TrustPath> path) {
        path.map(shown -> new StatusQuestion(whose, shown, other, List.of())).ifPresent(authentication::ask);
    }

    /** With an AUTH payload that is not our last one. */
    void announceAnother(List<Payload> message) {
        if (!mine.isEmpty() && message.stream().anyMatch(AuthPayload.class::isInstance)) {
            message.add(NotifyPayload.of(NotifyType.ANOTHER_AUTH_FOLLOWS));
        }
    }

    /** @param message with an AUTH payload of the peer's */
    void hearWhetherMoreFollows(InboundMessage message) throws ExchangeException {
        expectsPeer = message.notify(NotifyType.ANOTHER_AUTH_FOLLOWS).isPresent();
        if (expectsPeer && theirs.isEmpty()) {
            throw refused(
                    "the peer wants to authenticate once more, and there is no further section remote for that",
                    other.place("auth"));
        }
        if (!expectsPeer && !theirs.isEmpty()) {
            throw refused(
                    "the peer has authenticated for the last time, and there are further sections remote for it: give it"
                            + " as many sections local",
                    theirs.element().place("auth"));
        }
    }

    /** Both sides have proved themselves in all of their rounds. */
    void conclude() {
        authentication.conclude(connection, present(localId), present(remoteId));
    }

    /** @param place in the section of the round that it is about */
    static ExchangeException refused(String sentence, Optional<SourceRef> place) {
        return new ExchangeException(new Failure.AuthenticationFailed(sentence, place));
    }

    /** Wipes the key of EAP. */
    @Override
    public void close() {
        if (proof != null) {
            proof.close();
            proof = null;
        }
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("not before the exchange");
        }
        return value;
    }
}
