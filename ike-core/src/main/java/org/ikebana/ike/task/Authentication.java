package org.ikebana.ike.task;

import java.net.InetAddress;
import java.security.MessageDigest;
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
 * SignatureAuthentication}, and perhaps a PPK (RFC 8784). The two sides need not do it the same way.
 */
public final class Authentication implements Task, AutoCloseable {
    private final InitResult init;
    private final CredentialStore credentials;
    private final ConnectionChooser chooser;
    private final InetAddress localAddress;
    private final PpkAuthentication ppk;
    private final SignatureAuthentication signatures;
    private @Nullable ConnectionConfig connection;
    private @Nullable Identity localId;
    private @Nullable Identity remoteId;
    private Optional<StatusQuestion> statusQuestion = Optional.empty();

    /** Finds the responder's connection once the peer has said who it is. */
    @FunctionalInterface
    public interface ConnectionChooser {
        /**
         * @param wanted the identity that the peer asks for, if it does (IDr)
         * @throws ExchangeException when none fits, with what stood in the way
         */
        ConnectionConfig choose(Identity peer, Optional<Identity> wanted) throws ExchangeException;
    }

    /** @param chooser for an initiator one that gives its own connection */
    public Authentication(
            InitResult init,
            CredentialStore credentials,
            ConnectionChooser chooser,
            InetAddress localAddress,
            SignatureAuthentication signatures) {
        this.signatures = signatures;
        this.init = init;
        this.credentials = credentials;
        this.chooser = chooser;
        this.localAddress = localAddress;
        this.ppk = new PpkAuthentication(init, credentials.ppks());
    }

    /** After the exchange. */
    public ConnectionConfig connection() {
        return present(connection);
    }

    /** After the exchange. */
    public Identity localId() {
        return present(localId);
    }

    /** After the exchange. */
    public Identity remoteId() {
        return present(remoteId);
    }

    /** After the peer has proved who it is: what is yet to be found out before it may come in. */
    public Optional<StatusQuestion> statusQuestion() {
        return statusQuestion;
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

    @Override
    public void buildRequest(List<Payload> request) throws ExchangeException {
        connection = chooser.choose(Identity.ANY, Optional.empty());
        Identity wanted = connection.remote().id();
        IdPayload idi = ownId(connection, PayloadType.IDI);
        request.add(idi);
        if (wanted.isConcrete()) {
            request.add(wanted.toPayload(PayloadType.IDR));
        }
        request.addAll(signatures.payloadsOfRequest(connection, localId()));
        ppk.offer(connection);
        request.add(sign(ppk.keys(), idi, wanted));
        ppk.buildRequest(request, connection.ppk(), keys -> sign(keys, idi, wanted));
    }

    @Override
    public void processResponse(InboundMessage response) throws ExchangeException {
        IdPayload idr = response.id(PayloadType.IDR).orElseThrow(() -> lacks("IDr"));
        Identity peer = Identity.of(idr);
        if (!peer.matches(connection().remote().id())) {
            throw refused(
                    "the peer is " + peer + ", the configuration wants "
                            + connection().remote().id(),
                    place("remote.id"));
        }
        ppk.processResponse(response, connection());
        verify(response, idr, peer);
    }

    @Override
    public void processRequest(InboundMessage request) throws ExchangeException {
        IdPayload idi = request.id(PayloadType.IDI).orElseThrow(() -> lacks("IDi"));
        Identity peer = Identity.of(idi);
        connection = chooser.choose(peer, request.id(PayloadType.IDR).map(Identity::of));
        localId = ownIdentity(connection);
        ppk.processRequest(request, connection);
        signatures.heard(request);
        verify(request, idi, peer);
    }

    @Override
    public void buildResponse(List<Payload> response) throws ExchangeException {
        IdPayload idr = ownId(connection(), PayloadType.IDR);
        response.add(idr);
        response.addAll(signatures.certificatesToSend(connection(), localId()));
        response.add(sign(ppk.keys(), idr, remoteId()));
        ppk.buildResponse(response);
    }

    private IdPayload ownId(ConnectionConfig own, PayloadType type) {
        localId = ownIdentity(own);
        return localId.toPayload(type);
    }

    private Identity ownIdentity(ConnectionConfig own) {
        Identity configured = own.local().id();
        return configured.isConcrete() ? configured : Identity.ofAddress(localAddress);
    }

    private AuthPayload sign(InitResult keys, IdPayload id, Identity peer) throws ExchangeException {
        SignedOctets octets = keys.signedOctets(keys.role(), id.body().toByteArray());
        AuthConfig local = connection().local();
        return switch (local.method()) {
            case PSK -> {
                signatures.admitSharedKey();
                byte[] mic = octets.withSharedKey(sharedKey(peer).secret());
                yield new AuthPayload(AuthMethod.SHARED_KEY_MIC, Octets.wrap(mic));
            }
            case PUBKEY -> signatures.sign(local.publicKey(), localId(), octets);
        };
    }

    private void verify(InboundMessage message, IdPayload id, Identity peer) throws ExchangeException {
        AuthPayload auth = message.required(AuthPayload.class, "AUTH");
        AuthConfig remote = connection().remote();
        if ((auth.method() == AuthMethod.SHARED_KEY_MIC) != (remote.method() == AuthConfig.Method.PSK)) {
            throw refused(
                    peer + " proves itself by " + AuthMethod.name(auth.method()) + ", the configuration asks for a "
                            + (remote.method() == AuthConfig.Method.PSK ? "shared key" : "signature"),
                    place("remote.auth"));
        }
        AuthPayload proof = ppk.proof(message, auth);
        switch (remote.method()) {
            case PSK -> verifySharedKey(message, auth, proof, id, peer);
            case PUBKEY ->
                statusQuestion = signatures.verify(remote.publicKey(), peer, message, proof, octetsOf(ppk.keys(), id));
        }
        remoteId = peer;
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
    private static SignedOctets octetsOf(InitResult keys, IdPayload id) {
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
        return connection == null
                ? Optional.empty()
                : Optional.ofNullable(connection.places().get(key));
    }

    private static ExchangeException lacks(String payload) {
        return new ExchangeException(new Failure.Malformed("the message lacks its " + payload + " payload"));
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
