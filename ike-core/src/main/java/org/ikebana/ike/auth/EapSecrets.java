package org.ikebana.ike.auth;

import java.util.List;
import java.util.Optional;

/** The passwords of a configuration. */
public record EapSecrets(List<EapSecret> all) {
    public static final EapSecrets NONE = new EapSecrets(List.of());

    public EapSecrets {
        all = List.copyOf(all);
    }

    /** The first one that is the user's, or else the first one that is anybody's. */
    public Optional<EapSecret> find(Identity user) {
        return all.stream()
                .filter(secret -> secret.owners().stream().anyMatch(user::matches))
                .findFirst()
                .or(() ->
                        all.stream().filter(secret -> secret.owners().isEmpty()).findFirst());
    }
}
