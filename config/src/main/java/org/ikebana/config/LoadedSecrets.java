package org.ikebana.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ikebana.ike.auth.EapSecret;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.Ppk;
import org.ikebana.ike.auth.SharedKey;
import org.ikebana.ike.crypto.Secret;
import org.jspecify.annotations.Nullable;

/** Shared secrets that have come one by one, in that order. It owns them: what is replaced or removed is wiped. Not thread-safe. */
final class LoadedSecrets {
    private static final Set<SecretKind> PASSWORDS = Set.of(SecretKind.EAP, SecretKind.XAUTH, SecretKind.NTLM);
    private static final String NAMELESS = "vici";

    private final Map<Object, Held> secrets = new LinkedHashMap<>();

    private record Held(Optional<String> id, SecretKind kind, List<Identity> owners, Secret secret) {
        String name() {
            return id.orElse(NAMELESS);
        }
    }

    /** Stands for a secret without an id: the same owners have one of a kind, as they could not be told apart. */
    private record Nameless(SecretKind kind, List<Identity> owners) {}

    void put(Optional<String> id, SecretKind kind, List<Identity> owners, Secret secret) {
        Object key = id.<Object>map(name -> name).orElseGet(() -> new Nameless(kind, owners));
        wipe(secrets.put(key, new Held(id, kind, owners, secret)));
    }

    boolean remove(String id) {
        Held held = secrets.remove(id);
        wipe(held);
        return held != null;
    }

    void clear() {
        secrets.values().forEach(held -> held.secret.close());
        secrets.clear();
    }

    /** Of those that have one. */
    List<String> ids() {
        return secrets.values().stream().flatMap(held -> held.id.stream()).toList();
    }

    /** Copies, as the originals may be wiped meanwhile. */
    List<SharedKey> sharedKeys() {
        return of(SecretKind.IKE)
                .map(held -> new SharedKey(held.name(), held.owners, held.secret.copy()))
                .toList();
    }

    List<Ppk> ppks() {
        return of(SecretKind.PPK)
                .map(held -> new Ppk(held.name(), held.owners, held.secret.copy()))
                .toList();
    }

    List<EapSecret> eapSecrets() {
        return secrets.values().stream()
                .filter(held -> PASSWORDS.contains(held.kind))
                .map(held -> new EapSecret(held.name(), held.owners, held.secret.copy(), held.kind == SecretKind.NTLM))
                .toList();
    }

    private Stream<Held> of(SecretKind kind) {
        return secrets.values().stream().filter(held -> held.kind == kind);
    }

    private static void wipe(@Nullable Held held) {
        if (held != null) {
            held.secret.close();
        }
    }
}
