package org.ikebana.ike.task;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.CredentialStore;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.crypto.HashAlgorithm;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.x509.Certificate;

/**
 * The SIGNATURE_HASH_ALGORITHMS notifies of IKE_SA_INIT (RFC 7427 4), and the responder's CERTREQ there: what each side
 * can verify. Nothing is said where the peer is not to sign.
 */
public final class SignatureSupport implements Task {
    private static final int HASH_LENGTH = 2;

    private final List<PublicKeyAuth> wanted;
    private final Certificates certificates;
    private final List<Certificate> responders;
    private PeerSignatures peer = PeerSignatures.NONE;

    /** @param remotes of the connection, or of all that a responder may yet be talking on */
    public SignatureSupport(List<AuthConfig> remotes, CredentialStore credentials) {
        this.wanted = CertificateRequest.sides(remotes);
        this.certificates = credentials.certificates();
        this.responders = credentials.statusSources().responders();
    }

    /** After the exchange. */
    public PeerSignatures peer() {
        return peer;
    }

    @Override
    public void buildRequest(List<Payload> request) {
        if (!wanted.isEmpty()) {
            request.add(hashes());
        }
    }

    @Override
    public void processResponse(InboundMessage response) {
        read(response);
    }

    @Override
    public void processRequest(InboundMessage request) {
        read(request);
    }

    @Override
    public void buildResponse(List<Payload> response) {
        if (wanted.isEmpty()) {
            return;
        }
        if (!peer.hashes().isEmpty()) {
            response.add(hashes());
        }
        response.addAll(CertificateRequest.of(wanted, certificates).payloads());
        StatusRequest.of(wanted, responders).ifPresent(response::add);
    }

    private void read(InboundMessage message) {
        Set<HashAlgorithm> hashes = EnumSet.noneOf(HashAlgorithm.class);
        message.notify(NotifyType.SIGNATURE_HASH_ALGORITHMS).ifPresent(notify -> hashes.addAll(decode(notify.data())));
        peer = new PeerSignatures(hashes, false, List.of(), false, AnnouncedMethods.NONE).asking(message);
    }

    private NotifyPayload hashes() {
        List<HashAlgorithm> accepted = Arrays.stream(SignatureScheme.values())
                .filter(scheme -> scheme.hash() != HashAlgorithm.SHA1) // RFC 8247 4.2: not with method 14
                .filter(scheme ->
                        wanted.stream().anyMatch(side -> side.signatures().accepts(scheme)))
                .map(SignatureScheme::hash)
                .distinct()
                .sorted()
                .toList();
        ByteBuffer data = ByteBuffer.allocate(accepted.size() * HASH_LENGTH);
        accepted.forEach(hash -> data.putShort((short) hash.id()));
        return NotifyPayload.of(NotifyType.SIGNATURE_HASH_ALGORITHMS, Octets.wrap(data.array()));
    }

    private static Set<HashAlgorithm> decode(Octets data) {
        Set<HashAlgorithm> hashes = EnumSet.noneOf(HashAlgorithm.class);
        for (int at = 0; at + HASH_LENGTH <= data.length(); at += HASH_LENGTH) {
            HashAlgorithm.ofId(data.at(at) << 8 | data.at(at + 1)).ifPresent(hashes::add);
        }
        return hashes;
    }
}
