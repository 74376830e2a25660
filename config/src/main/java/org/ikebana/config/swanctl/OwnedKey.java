package org.ikebana.config.swanctl;

import java.util.List;
import java.util.Optional;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.schema.SecretKeys;
import org.ikebana.config.schema.TypedSection;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.SharedKey;
import org.ikebana.ike.connection.SourceRef;

/** A preshared key and where its section stands. */
record OwnedKey(SharedKey key, SourceRef place) {
    /** Empty if it has no secret, or one that cannot be understood, which is reported. */
    static Optional<OwnedKey> read(TypedSection section, Problems problems) {
        if (!section.isGiven(SecretKeys.SECRET)) {
            problems.error(section.place(), "this key has no secret", "add secret = ...");
        }
        List<Identity> owners = section.all(SecretKeys.ID);
        return section.find(SecretKeys.SECRET)
                .map(secret -> new OwnedKey(new SharedKey(section.name(), owners, secret), section.place()));
    }
}
