package org.ikebana.config.swanctl;

import java.util.List;
import java.util.Optional;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.schema.SecretKeys;
import org.ikebana.config.schema.TypedSection;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.Ppk;
import org.ikebana.ike.connection.SourceRef;

/** A post-quantum preshared key and where its section stands. */
record OwnedPpk(Ppk ppk, SourceRef place) {
    /** As much as RFC 8784 6 asks for. */
    private static final int LEAST_OCTETS = 32;

    /** Empty if it has no secret, or one that cannot be understood, which is reported. */
    static Optional<OwnedPpk> read(TypedSection section, Problems problems) {
        if (!section.isGiven(SecretKeys.SECRET)) {
            problems.error(section.place(), "this key has no secret", "add secret = ...");
        }
        List<Identity> ids = section.all(SecretKeys.PPK_ID);
        Optional<OwnedPpk> read = section.find(SecretKeys.SECRET)
                .map(secret -> new OwnedPpk(new Ppk(section.name(), ids, secret), section.place()));
        read.filter(own -> own.ppk.secret().length() < LEAST_OCTETS)
                .ifPresent(own -> problems.warning(
                        section.place(SecretKeys.SECRET),
                        "this key is shorter than " + LEAST_OCTETS + " octets, too short against a quantum computer",
                        "make it from " + LEAST_OCTETS + " random octets: head -c 32 /dev/urandom | base64, and write"
                                + " 0s in front"));
        return read;
    }
}
