package org.ikebana.ike.kernel;

import java.util.Optional;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.proposal.Transform;

/**
 * The algorithms of an SA and their keys, as IKE names them; a backend translates them.
 *
 * @param encryption transform of type ENCR; its key includes the salt (RFC 4106, RFC 3686, RFC 7634)
 * @param integrity empty with an AEAD
 */
public record SaAlgorithms(Transform encryption, Secret encryptionKey, Optional<Keyed> integrity) {
    /** An integrity transform (type INTEG, which fixes the truncation) and its key. */
    public record Keyed(Transform transform, Secret key) {}
}
