package org.ikebana.ike.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.EcdsaCurve;
import org.ikebana.ike.crypto.HashAlgorithm;
import org.ikebana.ike.crypto.KeyType;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.wire.AuthMethod;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.x509.Certificate;

/**
 * How a peer can convince this side: what goes into SUPPORTED_AUTH_METHODS (RFC 9593 3.2).
 *
 * @param announcements in order of preference
 * @param requests CERTREQ payloads, whose CAs the announcements link
 */
public record MethodList(List<AuthAnnouncement> announcements, List<Payload> requests) {
    public static final MethodList EMPTY = new MethodList(List.of(), List.of());

    /** CAs of one side that are linked one by one; with more of them it is announced for any CA. */
    private static final int MOST_LINKED = 4;

    public MethodList {
        announcements = List.copyOf(announcements);
        requests = List.copyOf(requests);
    }

    /**
     * @param remotes of the connection, or of all that a responder may yet be talking on
     * @param isDigital both ends have told their hash algorithms, so that method 14 can be used (RFC 7427 4)
     */
    public static MethodList of(
            List<AuthConfig> remotes, Certificates certificates, CryptoRegistry crypto, boolean isDigital) {
        List<PublicKeyAuth> sides = CertificateRequest.sides(remotes);
        CertificateRequest request = CertificateRequest.of(sides, certificates);
        List<AuthAnnouncement> announcements = new ArrayList<>();
        List<AuthConfig> rounds =
                remotes.stream().flatMap(remote -> remote.rounds().stream()).toList();
        for (AuthConfig remote : rounds) {
            switch (remote.method()) {
                // what EAP comes to is such an AUTH payload, too (RFC 7296 2.16)
                case PSK, EAP -> announcements.add(AuthAnnouncement.of(AuthMethod.SHARED_KEY_MIC));
                case NULL -> announcements.add(AuthAnnouncement.of(AuthMethod.NULL));
                case PUBKEY -> {
                    PublicKeyAuth side = remote.publicKey();
                    List<SignatureScheme> schemes = schemes(side, crypto);
                    links(side, request)
                            .forEach(link -> announcements.addAll(announced(schemes, side, isDigital, link)));
                }
            }
        }
        return new MethodList(announcements.stream().distinct().toList(), request.payloads());
    }

    boolean isEmpty() {
        return announcements.isEmpty();
    }

    NotifyPayload toPayload() {
        return NotifyPayload.of(NotifyType.SUPPORTED_AUTH_METHODS, AuthAnnouncement.encode(announcements));
    }

    /** The CERTREQ payloads that make sense of the announcements, if they are needed for that. */
    List<Payload> linkedRequests() {
        return announcements.stream().allMatch(each -> each.link() == AuthAnnouncement.ANY_AUTHORITY)
                ? List.of()
                : requests;
    }

    private static List<Integer> links(PublicKeyAuth side, CertificateRequest request) {
        List<Integer> links = side.authorities().stream()
                .map(authority -> request.authorities().indexOf(authority.publicKeyHash()) + 1)
                .distinct()
                .toList();
        boolean isAny = links.isEmpty()
                || links.size() > MOST_LINKED
                || links.stream().anyMatch(link -> link == 0 || link > AuthAnnouncement.MAX_LINK);
        return isAny ? List.of(AuthAnnouncement.ANY_AUTHORITY) : links;
    }

    /** What a key of the peer may sign by; where the keys are given, only what these can. */
    private static List<SignatureScheme> schemes(PublicKeyAuth side, CryptoRegistry crypto) {
        List<VerifyingKey> given = given(side);
        return Arrays.stream(SignatureScheme.values())
                .filter(scheme -> given.isEmpty() || given.stream().anyMatch(key -> key.type() == scheme.keyType()))
                .filter(scheme -> scheme.hash() != HashAlgorithm.SHA1) // RFC 8247 4.2
                .filter(scheme -> side.signatures().accepts(scheme))
                .filter(scheme -> crypto.signature(scheme).isPresent())
                .toList();
    }

    private static List<AuthAnnouncement> announced(
            List<SignatureScheme> schemes, PublicKeyAuth side, boolean isDigital, int link) {
        Stream<AuthAnnouncement> digital = schemes.stream()
                .filter(scheme -> isDigital)
                .map(scheme -> AuthAnnouncement.digital(link, scheme.algorithmIdentifier()));
        Stream<AuthAnnouncement> rsa = schemes.stream()
                .filter(scheme -> scheme.keyType() == KeyType.RSA && !scheme.isPss())
                .limit(1)
                .map(scheme -> AuthAnnouncement.of(AuthMethod.RSA_DIGITAL_SIGNATURE, link));
        Stream<AuthAnnouncement> ecdsa = Arrays.stream(OldEcdsa.values())
                .filter(old -> schemes.contains(old.scheme()) && mayBeOn(old.curve(), side))
                .map(old -> AuthAnnouncement.of(old.method(), link));
        return Stream.of(digital, rsa, ecdsa).flatMap(each -> each).toList();
    }

    private static boolean mayBeOn(EcdsaCurve curve, PublicKeyAuth side) {
        List<VerifyingKey> given = given(side);
        return given.isEmpty() || given.stream().anyMatch(key -> key.curve().equals(Optional.of(curve)));
    }

    private static List<VerifyingKey> given(PublicKeyAuth side) {
        return Stream.concat(
                        side.publicKeys().stream(), side.certificates().stream().map(Certificate::publicKey))
                .toList();
    }
}
