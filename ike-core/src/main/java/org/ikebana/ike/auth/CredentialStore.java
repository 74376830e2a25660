package org.ikebana.ike.auth;

import java.util.Optional;

/** Where secrets and certificates come from. */
public interface CredentialStore {
    /** The key whose owners fit best: both identities, then one of them, then a key without owners. */
    Optional<SharedKey> sharedKey(Identity local, Identity remote);
}
