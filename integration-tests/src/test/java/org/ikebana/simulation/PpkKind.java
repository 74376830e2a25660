package org.ikebana.simulation;

import java.util.List;
import org.ikebana.ike.auth.CredentialStore;
import org.ikebana.ike.auth.Credentials;
import org.ikebana.ike.auth.Ppks;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.connection.PpkPolicy;

/** Which of a simulation's two ends has a post-quantum preshared key, and which asks for one (RFC 8784, RFC 9867). */
enum PpkKind {
    NONE,
    /** East has none, and west goes on without. */
    WEST_ALONE,
    WEST_ASKS,
    BOTH_ASK,
    BOTH_REQUIRE;

    private static final String ID = "tunnel-ppk";
    private static final int KINDS_OF_SUITES = 8;

    /** Whatever suites the seed has. */
    static PpkKind of(long seed) {
        int kind = (int) Math.floorMod(seed / KINDS_OF_SUITES, 2L * values().length);
        return kind < values().length ? values()[kind] : NONE;
    }

    PpkPolicy policy(boolean west) {
        return switch (this) {
            case NONE -> PpkPolicy.NONE;
            case WEST_ALONE, WEST_ASKS -> west ? PpkScene.policy(false) : PpkPolicy.NONE;
            case BOTH_ASK -> PpkScene.policy(false);
            case BOTH_REQUIRE -> PpkScene.policy(true);
        };
    }

    CredentialStore credentials(boolean west) {
        boolean hasKey = this != NONE && (west || this != WEST_ALONE);
        return new Credentials(
                new SharedKeys(List.of(Site.secret("correct horse"))),
                new Ppks(hasKey ? List.of(PpkScene.ppk(ID, "the secret")) : List.of()));
    }
}
