package org.ikebana.config.swanctl;

import java.util.List;
import java.util.Map;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.schema.AuthKeys;
import org.ikebana.config.schema.SectionType;
import org.ikebana.config.schema.SwanctlTable;
import org.ikebana.config.schema.TypedSection;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.SourceRef;

/** Reads {@code local<suffix>} and {@code remote<suffix>}, of which there must be one each. */
final class AuthReader {
    private static final String REMEDY = "write auth = psk";

    private final Problems problems;

    AuthReader(Problems problems) {
        this.problems = problems;
    }

    /** One side's authentication and where its keys stand. */
    record Round(AuthConfig config, Map<String, SourceRef> places) {}

    Round read(TypedSection connection, SectionType type) {
        List<TypedSection> rounds = connection.sections(type);
        String side = type == SwanctlTable.LOCAL ? "local" : "remote";
        if (rounds.isEmpty()) {
            problems.error(
                    connection.place(),
                    "this connection has no section '" + side + "'",
                    "add " + side + " { auth = psk }");
            return new Round(new AuthConfig(AuthConfig.Method.PSK, Identity.ANY), Map.of());
        }
        rounds.stream()
                .skip(1)
                .forEach(second -> problems.error(
                        second.place(),
                        "a second round of authentication is not supported yet",
                        "keep one section '" + side + "'"));
        return read(rounds.getFirst());
    }

    private Round read(TypedSection section) {
        if (!section.isGiven(AuthKeys.AUTH)) {
            problems.error(section.place(), "auth is not given, and its default, pubkey, is not supported yet", REMEDY);
        }
        var config = new AuthConfig(
                section.find(AuthKeys.AUTH).orElse(AuthConfig.Method.PSK),
                section.find(AuthKeys.ID).orElse(Identity.ANY));
        return new Round(config, section.places());
    }
}
