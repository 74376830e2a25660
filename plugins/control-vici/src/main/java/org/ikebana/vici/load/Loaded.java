package org.ikebana.vici.load;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ikebana.config.ConfigException;
import org.ikebana.config.LoadedCredentials;
import org.ikebana.config.MessageLoader;
import org.ikebana.config.problem.Problem;
import org.ikebana.ike.auth.StatusSources.AuthorityUris;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.vici.command.Answer;
import org.ikebana.vici.wire.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that clients have loaded, and puts it into effect. It stays until it is unloaded, or the daemon ends. */
public final class Loaded {
    private static final Logger LOG = LoggerFactory.getLogger("ikebana.control.vici");

    private final DaemonControl daemon;
    private final MessageLoader loader;
    private final LoadedCredentials credentials;
    private final Map<String, ConnectionConfig> connections = new LinkedHashMap<>();

    public Loaded(DaemonControl daemon) {
        this.daemon = daemon;
        this.loader =
                new MessageLoader(daemon.facts().configuration(), daemon.facts().tokenModules());
        this.credentials = new LoadedCredentials(daemon.facts().tokenModules());
    }

    MessageLoader loader() {
        return loader;
    }

    LoadedCredentials credentials() {
        return credentials;
    }

    /** The names that CAs have been loaded by. */
    public Map<String, AuthorityUris> authorities() {
        return credentials.authorities();
    }

    /** After the credentials were changed. */
    synchronized void putCredentialsIntoEffect() {
        daemon.replaceCredentials(credentials.all(List.copyOf(connections.values())));
    }

    synchronized void load(ConnectionConfig connection) {
        connections.put(connection.name(), connection);
        if (bringsCertificates(connection)) {
            putCredentialsIntoEffect();
        }
        daemon.load(connection);
    }

    /** False where there is none of this name. */
    synchronized boolean unload(String name) {
        ConnectionConfig gone = connections.remove(name);
        boolean isGone = daemon.unload(name);
        if (gone != null && bringsCertificates(gone)) {
            putCredentialsIntoEffect();
        }
        return isGone;
    }

    static void warn(List<Problem> warnings) {
        warnings.forEach(warning -> LOG.warn("{}", warning));
    }

    static Message refusal(ConfigException e) {
        warn(e.warnings());
        return Answer.failure(e.problems().stream().map(Problem::toString).collect(Collectors.joining("; ")));
    }

    private static boolean bringsCertificates(ConnectionConfig connection) {
        return Stream.of(connection.local(), connection.remote())
                .flatMap(side -> side.rounds().stream())
                .anyMatch(round -> !round.publicKey().certificates().isEmpty());
    }
}
