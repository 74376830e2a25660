package org.ikebana.ike.task;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.RevocationPolicy;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.TrustPath;

/**
 * Whether certificates of a peer have been revoked; open once it has proved that it has the key.
 *
 * @param peer who has proved itself by them
 * @param asked of the peer in that round; says how sure that must be
 * @param responses of OCSP that the peer has sent with its certificates (RFC 4806)
 */
public record StatusQuestion(Identity peer, TrustPath path, AuthConfig asked, List<Octets> responses) {
    public StatusQuestion {
        responses = List.copyOf(responses);
    }

    public RevocationPolicy policy() {
        return asked.publicKey().revocation();
    }

    /** Where that is written. */
    public Optional<SourceRef> place() {
        return asked.place("revocation");
    }
}
