package org.ikebana.ike.auth;

import java.util.List;
import java.util.Optional;

/** All that a configuration has to prove identities with. */
public record Credentials(
        SharedKeys sharedKeys, Ppks ppks, EapSecrets eapSecrets, Certificates certificates, StatusSources statusSources)
        implements CredentialStore {
    /** Without passwords, and without anything about revocation. */
    public Credentials(SharedKeys sharedKeys, Ppks ppks, Certificates certificates) {
        this(sharedKeys, ppks, EapSecrets.NONE, certificates, StatusSources.NONE);
    }

    /** Without certificates. */
    public Credentials(SharedKeys sharedKeys, Ppks ppks) {
        this(sharedKeys, ppks, Certificates.NONE);
    }

    @Override
    public Optional<SharedKey> sharedKey(Identity local, Identity remote) {
        return sharedKeys.sharedKey(local, remote);
    }

    @Override
    public List<String> candidates() {
        return sharedKeys.candidates();
    }
}
