package org.ikebana.ike.auth;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.crypto.SigningKey;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.x509.Certificate;

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
                union(stores.stream().map(CredentialStore::certificates).toList());
        this.statusSources = StatusSources.union(
                stores.stream().map(CredentialStore::statusSources).toList());
    }

    @Override
    public Optional<SharedKey> sharedKey(Identity local, Identity remote) {
        return stores.stream()
                .flatMap(store -> store.sharedKey(local, remote).stream())
                .findFirst();
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

    private static Certificates union(List<Certificates> all) {
        List<Certificate> authorities = new ArrayList<>();
        List<Certificate> endEntities = new ArrayList<>();
        Map<VerifyingKey, SigningKey> keys = new HashMap<>();
        for (Certificates each : all) {
            authorities.addAll(each.authorities());
            endEntities.addAll(each.endEntities());
            each.keys().forEach(keys::putIfAbsent);
        }
        return new Certificates(distinct(authorities), distinct(endEntities), keys);
    }

    private static List<Certificate> distinct(List<Certificate> certificates) {
        return certificates.stream().distinct().toList();
    }
}
