package org.ikebana.ike.task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ikebana.ike.auth.CertificateSending;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.CredentialStore;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.PeerKey;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.auth.SignedOctets;
import org.ikebana.ike.auth.TrustedKey;
import org.ikebana.ike.auth.UntrustedPeerException;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.Subsystem;
import org.ikebana.ike.wire.AuthPayload;
import org.ikebana.ike.wire.CertPayload;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.ProvenPaths;
import org.ikebana.ike.x509.UnusableCertificateException;
import org.jspecify.annotations.Nullable;

/** AUTH with public keys, and the CERT and CERTREQ payloads of IKE_AUTH (RFC 7296 2.15, 3.6 to 3.8; RFC 4945). */
public final class SignatureAuthentication {
    private static final String SENDS_URL =
            "sends a certificate as a hash and a URL, which is passed over; have it send the certificate itself";

    private final CryptoRegistry crypto;
    private final Environment environment;
    private final Certificates certificates;
    private final List<Certificate> responders;
    private final ProvenPaths proven;
    private final OwnStatus ownStatus;
    private final boolean announces;
    private final OutsideSignatures outside = new OutsideSignatures();
    private PeerSignatures peer;
    private @Nullable Chosen chosen;
    private @Nullable Chosen shown;

    /** What it came to for that side. */
    private record Chosen(PublicKeyAuth local, Identity own, SignatureChoice choice) {}

    /** Tells what OCSP responders say of our own certificates. */
    @FunctionalInterface
    public interface OwnStatus {
        /** A current response; empty where none is at hand. */
        Optional<Octets> find(Certificate own, Certificate issuer);
    }

    /**
     * @param proven paths to the CAs of {@code credentials}
     * @param ownStatus sent along where a peer asks for it (RFC 4806)
     * @param announces whether methods are announced, and the peer's announcements heeded (RFC 9593)
     * @param peer what it said before IKE_AUTH
     */
    public SignatureAuthentication(
            CryptoRegistry crypto,
            Environment environment,
            CredentialStore credentials,
            ProvenPaths proven,
            OwnStatus ownStatus,
            boolean announces,
            PeerSignatures peer) {
        this.crypto = crypto;
        this.environment = environment;
        this.certificates = credentials.certificates();
        this.responders = credentials.statusSources().responders();
        this.proven = proven;
        this.ownStatus = ownStatus;
        this.announces = announces;
        this.peer = peer;
    }

    /** An initiator asks for certificates in IKE_AUTH, and says how it can be convinced. */
    void heard(InboundMessage request) {
        SupportedAuthMethods methods = new SupportedAuthMethods(announces, MethodList.EMPTY);
        methods.processRequest(request);
        peer = peer.asking(request).announcing(methods.peers());
        chosen = null;
    }

    /** CERT, CERTREQ and SUPPORTED_AUTH_METHODS payloads of an initiator's IKE_AUTH, as far as there are to be any. */
    List<Payload> payloadsOfRequest(ConnectionConfig connection, Identity own) throws ExchangeException {
        List<Payload> payloads = new ArrayList<>(certificatesToSend(connection, own));
        List<AuthConfig> remotes = List.of(connection.remote());
        List<PublicKeyAuth> wanted = CertificateRequest.sides(remotes);
        payloads.addAll(CertificateRequest.of(wanted, certificates).payloads());
        StatusRequest.of(wanted, responders).ifPresent(payloads::add);
        boolean isDigital = !peer.hashes().isEmpty();
        new SupportedAuthMethods(announces, MethodList.of(remotes, certificates, crypto, isDigital))
                .buildRequest(payloads);
        return payloads;
    }

    List<CertPayload> certificatesToSend(ConnectionConfig connection, Identity own) throws ExchangeException {
        AuthConfig local = connection.local();
        CertificateSending when = local.publicKey().payloads();
        boolean isWanted =
                when == CertificateSending.ALWAYS || when == CertificateSending.IF_ASKED && peer.asksForCertificates();
        if (local.method() != AuthConfig.Method.PUBKEY || !isWanted) {
            return List.of();
        }
        OwnKey key = choose(local.publicKey(), own).own();
        List<CertPayload> payloads = new ArrayList<>(key.certificates());
        if (local.publicKey().inBandStatus()
                && peer.asksForStatus()
                && key.path().size() > 1) {
            ownStatus
                    .find(key.path().getFirst(), key.path().get(1))
                    .ifPresent(response -> payloads.add(new CertPayload(CertPayload.OCSP, response)));
        }
        return payloads;
    }

    AuthPayload sign(PublicKeyAuth local, Identity own, SignedOctets octets) throws ExchangeException {
        SignatureChoice choice = choose(local, own);
        shown = chosen;
        return new Signing(crypto, environment.random(), outside).sign(choice, octets.toBeSigned());
    }

    /** For people, when the peer does not accept it: what this side has signed with; empty where it has not. */
    Optional<String> shown() {
        return Optional.ofNullable(shown).map(it -> it.choice().own().description(it.own(), environment.now()));
    }

    /** @throws ExchangeException where the peer has said that it does not take one */
    void admitSharedKey() throws ExchangeException {
        if (!peer.announced().acceptSharedKey()) {
            throw refused("the peer accepts only " + peer.announced()
                    + ", and local.auth = psk; set local.auth = pubkey, or remote.auth = psk there");
        }
    }

    /** With a certificate of a CA that the peer asks for, if there is one. */
    private SignatureChoice choose(PublicKeyAuth local, Identity own) throws ExchangeException {
        if (chosen == null || chosen.local() != local || !chosen.own().equals(own)) {
            chosen = new Chosen(local, own, choiceFor(local, own));
        }
        return chosen.choice();
    }

    private SignatureChoice choiceFor(PublicKeyAuth local, Identity own) throws ExchangeException {
        List<OwnKey> keys = OwnKey.all(local, certificates, own).stream()
                .sorted(Comparator.comparing(key -> !key.isUnderAny(peer.authorities())))
                .toList();
        return SignatureChoice.of(keys, local, peer);
    }

    /**
     * @param remote what is asked of the peer
     * @param message with its certificates
     * @return what is yet to be asked about them
     * @throws ExchangeException AuthenticationFailed, with what was shown and why it will not do
     */
    Optional<StatusQuestion> verify(
            AuthConfig remote, Identity other, InboundMessage message, AuthPayload auth, SignedOctets octets)
            throws ExchangeException {
        PublicKeyAuth wanted = remote.publicKey();
        List<TrustedKey> keys;
        try {
            keys = new PeerKey(wanted, certificates, proven, environment.now()).of(other, certificates(other, message));
        } catch (UntrustedPeerException e) {
            throw refused("peer " + other + " is not trusted: " + e.getMessage()
                    + (sendsUrl(message) ? "; it " + SENDS_URL : ""));
        }
        Verification verification = new Verification(crypto);
        List<String> faults = new ArrayList<>();
        for (TrustedKey key : keys) {
            Optional<String> fault = verification.fault(auth, octets.toBeSigned(), List.of(key.key()), wanted);
            if (fault.isEmpty()) {
                if (sendsUrl(message)) {
                    environment.emit(new IkeEvent.Warning(Subsystem.AUTH, "peer " + other, SENDS_URL));
                }
                return key.path().map(path -> new StatusQuestion(other, path, remote, statuses(message)));
            }
            faults.add(fault.get());
        }
        throw refused("peer " + other + " has not proved itself: "
                + faults.stream().distinct().collect(Collectors.joining("; ")));
    }

    /** We never say that we look such things up (RFC 7296 3.6), so that nobody should. */
    private static boolean sendsUrl(InboundMessage message) {
        return message.all(CertPayload.class).stream()
                .anyMatch(payload -> payload.encoding() == CertPayload.HASH_AND_URL_X509
                        || payload.encoding() == CertPayload.HASH_AND_URL_BUNDLE);
    }

    private static List<Octets> statuses(InboundMessage message) {
        return message.all(CertPayload.class).stream()
                .filter(payload -> payload.encoding() == CertPayload.OCSP)
                .limit(PeerKey.MAX_CERTIFICATES)
                .map(CertPayload::data)
                .toList();
    }

    /** The first is the peer's own; another that cannot be read is left out, as it may not be needed. */
    private List<Certificate> certificates(Identity other, InboundMessage message) throws ExchangeException {
        List<CertPayload> payloads = message.all(CertPayload.class).stream()
                .filter(payload -> payload.encoding() == CertPayload.X509_SIGNATURE)
                .limit(PeerKey.MAX_CERTIFICATES)
                .toList();
        List<Certificate> found = new ArrayList<>();
        for (CertPayload payload : payloads) {
            try {
                found.add(proven.decode(payload.data()));
            } catch (UnusableCertificateException e) {
                if (found.isEmpty()) {
                    throw refused("peer " + other + " sent " + e.getMessage());
                }
            }
        }
        return found;
    }

    private static ExchangeException refused(String sentence) {
        return new ExchangeException(new Failure.AuthenticationFailed(sentence, Optional.empty()));
    }
}
