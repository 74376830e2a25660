package org.ikebana.ike.auth;

import java.util.List;
import java.util.Optional;

/** All that a configuration has to prove identities with. */
public record Credentials(SharedKeys sharedKeys, Ppks ppks) implements CredentialStore {
    @Override
    public Optional<SharedKey> sharedKey(Identity local, Identity remote) {
        return sharedKeys.sharedKey(local, remote);
    }

    @Override
    public List<String> candidates() {
        return sharedKeys.candidates();
    }
}
