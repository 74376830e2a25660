package org.ikebana.config.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ikebana.config.Configuration;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.x509.Certificate;

/**
 * A credential that comes, goes or changes. It counts from the next authentication on.
 *
 * @param what its section or its subject; nothing secret
 */
public record CredentialChange(String what, Effect effect) {
    static List<CredentialChange> between(Configuration before, Configuration now) {
        List<CredentialChange> all = new ArrayList<>();
        all.addAll(changes(before.sharedKeys(), now.sharedKeys(), key -> "secrets." + key.name()));
        all.addAll(changes(before.ppks(), now.ppks(), key -> "secrets." + key.name()));
        all.addAll(changes(before.eapSecrets(), now.eapSecrets(), key -> "secrets." + key.name()));
        Certificates old = before.certificates();
        Certificates fresh = now.certificates();
        all.addAll(changes(old.authorities(), fresh.authorities(), ca -> "CA certificate " + named(ca)));
        all.addAll(changes(old.endEntities(), fresh.endEntities(), own -> "certificate " + named(own)));
        all.addAll(changes(
                List.copyOf(old.keys().keySet()), List.copyOf(fresh.keys().keySet()), key -> "private key of " + key));
        all.addAll(changes(
                before.statusSources().authorities(),
                now.statusSources().authorities(),
                uris -> "servers of CA " + uris.authority()));
        if (!before.statusSources().lists().equals(now.statusSources().lists())) {
            all.add(new CredentialChange("revocation lists in x509crl", Effect.CHANGED));
        }
        return all;
    }

    private static String named(Certificate certificate) {
        return certificate + " (" + certificate.fingerprint().slice(0, 4) + ")";
    }

    private static <T> List<CredentialChange> changes(List<T> before, List<T> now, Function<T, String> name) {
        Map<String, List<T>> old = grouped(before, name);
        Map<String, List<T>> fresh = grouped(now, name);
        List<CredentialChange> changes = new ArrayList<>();
        old.forEach((what, credentials) -> {
            List<T> others = fresh.get(what);
            if (others == null) {
                changes.add(new CredentialChange(what, Effect.REMOVED));
            } else if (!others.equals(credentials)) {
                changes.add(new CredentialChange(what, Effect.CHANGED));
            }
        });
        fresh.keySet().stream()
                .filter(what -> !old.containsKey(what))
                .forEach(what -> changes.add(new CredentialChange(what, Effect.ADDED)));
        return changes;
    }

    private static <T> Map<String, List<T>> grouped(List<T> credentials, Function<T, String> name) {
        Map<String, List<T>> groups = new LinkedHashMap<>();
        credentials.forEach(one -> groups.computeIfAbsent(name.apply(one), what -> new ArrayList<>())
                .add(one));
        return groups;
    }
}
