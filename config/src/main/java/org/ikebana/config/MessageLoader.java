package org.ikebana.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ikebana.config.credential.CredentialFolders;
import org.ikebana.config.problem.Problem;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.swanctl.SwanctlMessages;
import org.ikebana.config.syntax.ConfigFiles;
import org.ikebana.config.syntax.MessageElement;
import org.ikebana.config.token.Tokens;
import org.ikebana.ike.auth.StatusSources.AuthorityUris;
import org.ikebana.ike.connection.ConnectionConfig;

/** Reads what vici's {@code load-conn} and {@code load-authority} bring, by the same table and checks as files. */
public final class MessageLoader {
    private final Path directory;
    private final Tokens tokens;

    /**
     * What has come.
     *
     * @param warnings by place
     */
    public record Loaded<T>(T value, List<Problem> warnings) {
        public Loaded {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * @param directory of {@code swanctl.conf}, where files lie that are named all the same
     * @param tokenModules libraries for tokens, by name
     */
    public MessageLoader(Path directory, Map<String, Path> tokenModules) {
        this.directory = directory;
        this.tokens = new Tokens(tokenModules);
    }

    /**
     * @param message the section of the connection
     * @param others the connections that there are; those of the same name are replaced
     * @throws ConfigException with everything that is wrong
     */
    public Loaded<ConnectionConfig> connection(MessageElement.SubSection message, List<ConnectionConfig> others)
            throws ConfigException {
        List<ConnectionConfig> staying = others.stream()
                .filter(other -> !other.name().equals(message.name()))
                .toList();
        return read(messages -> messages.connection(message, staying));
    }

    /**
     * @param message the section of the CA
     * @throws ConfigException with everything that is wrong
     */
    public Loaded<AuthorityUris> authority(MessageElement.SubSection message) throws ConfigException {
        return read(messages -> messages.authority(message));
    }

    private <T> Loaded<T> read(Function<SwanctlMessages, Optional<T>> reading) throws ConfigException {
        var problems = new Problems();
        var files = new CredentialFolders(directory, ConfigFiles.DISK, tokens, problems);
        Optional<T> value = reading.apply(new SwanctlMessages(files, problems));
        if (problems.hasErrors() || value.isEmpty()) {
            throw new ConfigException(problems.errors(), problems.warnings());
        }
        return new Loaded<>(value.get(), problems.warnings());
    }
}
