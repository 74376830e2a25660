package org.ikebana.ike.engine;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.CredentialStore;
import org.ikebana.ike.auth.EapSecrets;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.Ppks;
import org.ikebana.ike.auth.SharedKey;
import org.ikebana.ike.auth.StatusSources;

/** The secrets of the configuration that was loaded last. */
final class CurrentCredentials implements CredentialStore {
    private CredentialStore current = (local, remote) -> Optional.empty();

    void replace(CredentialStore next) {
        current = next;
    }

    @Override
    public Optional<SharedKey> sharedKey(Identity local, Identity remote) {
        return current.sharedKey(local, remote);
    }

    @Override
    public Ppks ppks() {
        return current.ppks();
    }

    @Override
    public EapSecrets eapSecrets() {
        return current.eapSecrets();
    }

    @Override
    public Certificates certificates() {
        return current.certificates();
    }

    @Override
    public StatusSources statusSources() {
        return current.statusSources();
    }

    @Override
    public List<String> candidates() {
        return current.candidates();
    }
}
