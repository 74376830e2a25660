package org.ikebana.config.swanctl;

import java.util.List;
import java.util.Optional;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.problem.Quote;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.Ppk;
import org.ikebana.ike.auth.Ppks;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.StartAction;

/** Whether each connection has the post-quantum preshared key that it names, and each key a connection (RFC 8784). */
final class PpkChecks {
    private final List<OwnedPpk> keys;
    private final Ppks ppks;
    private final Problems problems;

    PpkChecks(List<OwnedPpk> keys, Problems problems) {
        this.keys = keys;
        this.ppks = new Ppks(keys.stream().map(OwnedPpk::ppk).toList());
        this.problems = problems;
    }

    void check(List<ConnectionConfig> connections) {
        connections.forEach(this::check);
        keys.stream()
                .filter(key -> connections.stream().noneMatch(connection -> mayServe(key.ppk(), connection)))
                .forEach(key -> problems.warning(
                        key.place(), "no connection uses this key", "check its id against ppk_id of the connections"));
    }

    private void check(ConnectionConfig connection) {
        Optional<Identity> id = connection.ppk().id();
        boolean required = connection.ppk().required();
        if (id.isPresent() && ppks.find(id.get().data()).isEmpty()) {
            missing(connection, id.get(), required);
        } else if (id.isEmpty() && required && begins(connection)) {
            problems.error(
                    connection.place("ppk_required"),
                    "ppk_required asks for a key, and nothing says which one to begin with",
                    "set ppk_id to an id of a section secrets.ppk");
        } else if (required && ppks.isEmpty()) {
            problems.error(
                    connection.place("ppk_required"),
                    "ppk_required asks for a key, and there is none",
                    "add one: secrets { ppk-" + connection.name() + " { id = ..., secret = ... } }");
        }
    }

    private void missing(ConnectionConfig connection, Identity id, boolean required) {
        String message = "there is no post-quantum preshared key with id " + Quote.of(id.toString());
        String remedy = "add one: secrets { ppk-" + connection.name() + " { id = " + id + ", secret = ... } }";
        if (required) {
            problems.error(connection.place("ppk_id"), message, remedy);
        } else {
            problems.warning(connection.place("ppk_id"), message + ", so none is used", remedy);
        }
    }

    private static boolean begins(ConnectionConfig connection) {
        return connection.tunnels().stream().anyMatch(child -> child.startAction() != StartAction.NONE);
    }

    /** A connection without a {@code ppk_id} takes any key from its peer. */
    private static boolean mayServe(Ppk ppk, ConnectionConfig connection) {
        return ppk.ids().isEmpty()
                || connection.ppk().id().stream()
                        .allMatch(id ->
                                ppk.ids().stream().anyMatch(own -> own.data().equals(id.data())));
    }
}
