package org.ikebana.ike.task;

import java.net.InetAddress;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.CredentialStore;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.SharedKey;
import org.ikebana.ike.auth.SignedOctets;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.wire.AuthMethod;
import org.ikebana.ike.wire.AuthPayload;
import org.ikebana.ike.wire.IdPayload;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.wire.PayloadType;
import org.jspecify.annotations.Nullable;

/**
 * The IDi, IDr and AUTH payloads of IKE_AUTH (RFC 7296 2.15, 3.5, 3.8), with shared keys here, with public ones by {@link
 * SignatureAuthentication}, by neither (RFC 7619), and perhaps a PPK (RFC 8784). The two sides need not do it the same way.
 */
public final class Authentication implements AutoCloseable {
    private final CredentialStore credentials;
    private final InetAddress localAddress;
    private final PpkAuthentication ppk;
    private final SignatureAuthentication signatures;
    private ConnectionConfig connection;
    private @Nullable Identity localId;
    private @Nullable Identity remoteId;
    private final List<StatusQuestion> statusQuestions = new ArrayList<>();

    /** @param connection a responder's is the one that the peer's first request has chosen */
    public Authentication(
            InitResult init,
            CredentialStore credentials,
            ConnectionConfig connection,
            InetAddress localAddress,
            SignatureAuthentication signatures) {
        this.signatures = signatures;
        this.credentials = credentials;
        this.connection = connection;
        this.localAddress = localAddress;
        this.ppk = new PpkAuthentication(init, credentials.ppks());
    }

    /** In the middle of several rounds, as if it had the present one alone. */
    public ConnectionConfig connection() {
        return connection;
    }

    /** After the exchange. */
    public Identity localId() {
        return present(localId);
    }

    /** After the exchange. */
    public Identity remoteId() {
        return present(remoteId);
    }

    /** What is yet to be found out about the peer, which has proved who it is, before it may come in; each is handed out once. */
    public List<StatusQuestion> takeStatusQuestions() {
        List<StatusQuestion> taken = List.copyOf(statusQuestions);
        statusQuestions.clear();
        return taken;
    }

    /** A certificate by which the peer has proved itself in EAP. */
    void ask(StatusQuestion question) {
        statusQuestions.add(question);
    }

    /** Goes on with another round (RFC 4739), as if the connection had these two authentications alone. */
    void enter(ConnectionConfig round) {
        connection = round;
        localId = ownIdentity(round);
    }

    /** After the last round: what the IKE SA is known by. */
    void conclude(ConnectionConfig whole, Identity local, Identity remote) {
        connection = whole;
        localId = local;
        remoteId = remote;
    }

    /**
     * A responder's first exchange of several, where nothing is proved yet: a PPK comes in with what is (RFC 8784 3).
     *
     * @param first of the rounds, which is EAP
     */
    void hearFirst(InboundMessage request, ConnectionConfig first) throws ExchangeException {
        enter(first);
        ppk.checkBeforeAuth(request, first);
        signatures.heard(request);
    }

    /** An initiator's proof after EAP, with the PPK if one has been agreed on (RFC 8784 3). */
    List<Payload> proveByEap(EapProof proof) throws ExchangeException {
        ppk.offer(connection);
        List<Payload> payloads = new ArrayList<>();
        payloads.add(proof.make(ppk.keys()));
        ppk.buildRequest(payloads, connection.ppk(), proof::make);
        return payloads;
    }

    /** A responder's proof after EAP, with the PPK of the initiator's proof. */
    List<Payload> answerByEap(EapProof proof) {
        List<Payload> payloads = new ArrayList<>();
        payloads.add(proof.make(ppk.keys()));
        ppk.buildResponse(payloads);
        return payloads;
    }

    /** The peer's proof after EAP. */
    void verifyByEap(InboundMessage message, EapProof proof) throws ExchangeException {
        AuthPayload auth = message.required(AuthPayload.class, "AUTH");
        if (ppk.keys().role() == Role.RESPONDER) {
            ppk.processRequest(message, connection);
        } else {
            ppk.processResponse(message, connection);
        }
        if (!proof.proves(ppk.proof(message, auth), ppk.keys())) {
            throw refused(
                    "the peer's AUTH payload after EAP is not made with the key that EAP has made: somebody may sit in"
                            + " between"
                            + ppk.unproved()
                                    .map(id -> ", or the two sides have different PPKs " + id)
                                    .orElse(""),
                    Optional.empty());
        }
    }

    /** For people, when the peer does not accept it: the certificate or key that this side has shown; empty if it has shown none. */
    public Optional<String> shown() {
        return signatures.shown();
    }

    /** After the exchange, for people: the PPK that has come into the keys. */
    public Optional<String> ppkInUse() {
        return ppk.ppkInUse();
    }

    /** The keys as they are by now: those of IKE_SA_INIT, perhaps with a PPK. */
    public InitResult keys() {
        return ppk.keys();
    }

    /** After the exchange: the keys that the IKE SA goes on with. Those that it goes on without are wiped. */
    public InitResult settle() {
        return ppk.settle();
    }

    /** Wipes what nothing has come of. */
    @Override
    public void close() {
        ppk.close();
    }

    /** An initiator's first request. */
    public void buildRequest(List<Payload> request) throws ExchangeException {
        Identity wanted = connection.remote().id();
        IdPayload idi = ownId(PayloadType.IDI);
        request.add(idi);
        if (wanted.isConcrete()) {
            request.add(wanted.toPayload(PayloadType.IDR));
        }
        request.addAll(signatures.payloadsOfRequest(connection, localId()));
        if (connection.local().method() == AuthConfig.Method.EAP) {
            return; // without AUTH, which asks for EAP (RFC 7296 2.16)
        }
        ppk.offer(connection);
        request.add(sign(ppk.keys(), idi, wanted));
        ppk.buildRequest(request, connection.ppk(), keys -> sign(keys, idi, wanted));
    }

    /** A response by which the responder proves itself. */
    void processResponse(InboundMessage response) throws ExchangeException {
        IdPayload idr = response.requiredId(PayloadType.IDR);
        Identity peer = Identity.of(idr);
        if (!peer.matches(connection.remote().id())) {
            throw refused(
                    "the peer is " + peer + ", the configuration wants "
                            + connection.remote().id(),
                    place("remote.id"));
        }
        ppk.processResponse(response, connection);
        verify(response, idr, peer);
    }

    /** A request by which the initiator proves itself. */
    void processRequest(InboundMessage request, ConnectionConfig round) throws ExchangeException {
        IdPayload idi = request.requiredId(PayloadType.IDI);
        enter(round);
        ppk.processRequest(request, round);
        signatures.heard(request);
        verify(request, idi, Identity.of(idi));
    }

    /**
     * ID, CERT and AUTH payloads of this side; of EAP the first alone.
     *
     * @param type IDI or IDR
     * @param peer whom it is proved to
     */
    void prove(PayloadType type, List<Payload> message, Identity peer) throws ExchangeException {
        IdPayload id = ownId(type);
        message.add(id);
        if (connection.local().method() == AuthConfig.Method.EAP) {
            return;
        }
        message.addAll(signatures.certificatesToSend(connection, localId()));
        message.add(sign(ppk.keys(), id, peer));
        if (type == PayloadType.IDR) {
            ppk.buildResponse(message);
        }
    }

    private IdPayload ownId(PayloadType type) {
        localId = ownIdentity(connection);
        return localId.toPayload(type);
    }

    private Identity ownIdentity(ConnectionConfig own) {
        Identity configured = own.local().id();
        if (configured.isConcrete()) {
            return configured;
        }
        return own.local().method() == AuthConfig.Method.NULL ? Identity.NULL : Identity.ofAddress(localAddress);
    }

    private AuthPayload sign(InitResult keys, IdPayload id, Identity peer) throws ExchangeException {
        SignedOctets octets = keys.signedOctets(keys.role(), id.body().toByteArray());
        AuthConfig local = connection.local();
        return switch (local.method()) {
            case PSK -> {
                signatures.admitSharedKey();
                byte[] mic = octets.withSharedKey(sharedKey(peer).secret());
                yield new AuthPayload(AuthMethod.SHARED_KEY_MIC, Octets.wrap(mic));
            }
            case PUBKEY -> signatures.sign(local.publicKey(), localId(), octets);
            case NULL -> new AuthPayload(AuthMethod.NULL, Octets.wrap(octets.withoutKey()));
            case EAP -> throw new IllegalStateException("EAP has its own AUTH payloads");
        };
    }

    private void verify(InboundMessage message, IdPayload id, Identity peer) throws ExchangeException {
        AuthPayload auth = message.required(AuthPayload.class, "AUTH");
        AuthConfig remote = connection.remote();
        if (ProofKind.of(auth) != remote.method()) {
            throw refused(
                    peer + " proves itself by " + AuthMethod.name(auth.method()) + ", the configuration asks for "
                            + ProofKind.words(remote.method()),
                    place("remote.auth"));
        }
        AuthPayload proof = ppk.proof(message, auth);
        switch (remote.method()) {
            case PSK -> verifySharedKey(message, auth, proof, id, peer);
            case PUBKEY ->
                signatures
                        .verify(remote, peer, message, proof, octetsOf(ppk.keys(), id))
                        .ifPresent(statusQuestions::add);
            case NULL -> verifyNull(proof, id);
            case EAP -> throw new IllegalStateException("EAP has its own AUTH payloads");
        }
        remoteId = remote.method() == AuthConfig.Method.NULL ? Identity.NULL : peer;
    }

    /** That it is the same peer as in IKE_SA_INIT, whoever that is (RFC 7619 2.1). */
    private void verifyNull(AuthPayload proof, IdPayload id) throws ExchangeException {
        byte[] expected = octetsOf(ppk.keys(), id).withoutKey();
        if (!MessageDigest.isEqual(expected, proof.data().toByteArray())) {
            throw refused("the peer's AUTH payload of NULL authentication is wrong", place("remote.auth"));
        }
    }

    private void verifySharedKey(
            InboundMessage message, AuthPayload auth, AuthPayload proof, IdPayload id, Identity peer)
            throws ExchangeException {
        SharedKey key = sharedKey(peer);
        if (!proves(proof, ppk.keys(), id, key)) {
            throw refused(doubt(message, auth, id, peer, key), Optional.empty());
        }
    }

    private static boolean proves(AuthPayload auth, InitResult keys, IdPayload id, SharedKey key) {
        byte[] expected = octetsOf(keys, id).withSharedKey(key.secret());
        return MessageDigest.isEqual(expected, auth.data().toByteArray());
    }

    /** What the peer has signed. */
    static SignedOctets octetsOf(InitResult keys, IdPayload id) {
        Role peerRole = keys.role() == Role.INITIATOR ? Role.RESPONDER : Role.INITIATOR;
        return keys.signedOctets(peerRole, id.body().toByteArray());
    }

    private String doubt(InboundMessage message, AuthPayload auth, IdPayload id, Identity peer, SharedKey key) {
        Optional<String> inUse = ppk.unproved();
        boolean isPpkAlone = inUse.isPresent()
                && ppk.proofWithoutPpk(message, auth)
                        .filter(proof -> proves(proof, ppk.withoutPpk(), id, key))
                        .isPresent();
        if (isPpkAlone) {
            return "the PPK " + inUse.get() + " of " + peer
                    + " is not ours: the two sides have different secrets for it";
        }
        return "the shared key of " + peer + " is not the one in secrets." + key.name()
                + ": the two sides have different secrets"
                + inUse.map(name -> ", or different PPKs " + name).orElse("");
    }

    private SharedKey sharedKey(Identity peer) throws ExchangeException {
        return credentials
                .sharedKey(localId(), peer)
                .orElseThrow(() -> refused(
                        "there is no shared key for " + localId() + " and " + peer
                                + "; add a secrets.ike section with their ids",
                        place("name")));
    }

    private Optional<SourceRef> place(String key) {
        return Optional.ofNullable(connection.places().get(key));
    }

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
