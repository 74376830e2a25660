package org.ikebana.ike.auth;

import java.util.List;
import java.util.Optional;

/** Several stores; where two know the same, the first of them counts. */
public final class CombinedCredentials implements CredentialStore {
    private final List<CredentialStore> stores;
    private final Ppks ppks;
    private final EapSecrets eapSecrets;
    private final Certificates certificates;
    private final StatusSources statusSources;

    public CombinedCredentials(List<CredentialStore> stores) {
        this.stores = List.copyOf(stores);
        this.ppks = new Ppks(
                stores.stream().flatMap(store -> store.ppks().all().stream()).toList());
        this.eapSecrets = new EapSecrets(stores.stream()
                .flatMap(store -> store.eapSecrets().all().stream())
                .toList());
        this.certificates =
                stores.stream().map(CredentialStore::certificates).reduce(Certificates.NONE, Certificates::and);
        this.statusSources = StatusSources.union(
                stores.stream().map(CredentialStore::statusSources).toList());
    }

    @Override
    public Optional<SharedKey> sharedKey(Identity local, Identity remote) {
        if (stores.size() == 1) {
            return stores.getFirst().sharedKey(local, remote);
        }
        List<SharedKey> best = stores.stream()
                .flatMap(store -> store.sharedKey(local, remote).stream())
                .toList();
        return new SharedKeys(best).sharedKey(local, remote);
    }

    @Override
    public Ppks ppks() {
        return ppks;
    }

    @Override
    public EapSecrets eapSecrets() {
        return eapSecrets;
    }

    @Override
    public Certificates certificates() {
        return certificates;
    }

    @Override
    public StatusSources statusSources() {
        return statusSources;
    }

    @Override
    public List<String> candidates() {
        return stores.stream().flatMap(store -> store.candidates().stream()).toList();
    }
}
