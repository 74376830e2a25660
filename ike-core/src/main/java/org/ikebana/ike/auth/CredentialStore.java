package org.ikebana.ike.auth;

import java.util.List;
import java.util.Optional;

/** Where secrets and certificates come from. */
public interface CredentialStore {
    /** The key whose owners fit best: both identities, then one of them, then a key without owners. */
    Optional<SharedKey> sharedKey(Identity local, Identity remote);

    /** The post-quantum preshared keys (RFC 8784). */
    default Ppks ppks() {
        return Ppks.NONE;
    }

    /** The passwords of EAP. */
    default EapSecrets eapSecrets() {
        return EapSecrets.NONE;
    }

    default Certificates certificates() {
        return Certificates.NONE;
    }

    /** Where it is known from whether a certificate has been revoked, besides what that says itself. */
    default StatusSources statusSources() {
        return StatusSources.NONE;
    }

    /** What shared keys there are and whose, to say where none fits: {@code ike-1 of sun.example.org}. */
    default List<String> candidates() {
        return List.of();
    }
}
