package org.ikebana.config.swanctl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ikebana.config.credential.AttachedCredentials;
import org.ikebana.config.credential.NamedCredentials;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.schema.AuthKeys;
import org.ikebana.config.schema.AuthorityKeys;
import org.ikebana.config.schema.SchemaCheck;
import org.ikebana.config.schema.SwanctlTable;
import org.ikebana.config.schema.TypedSection;
import org.ikebana.config.syntax.Inheritance;
import org.ikebana.config.syntax.MessageElement;
import org.ikebana.config.syntax.MessageReader;
import org.ikebana.ike.auth.StatusSources.AuthorityUris;
import org.ikebana.ike.connection.ConnectionConfig;

/**
 * Sections of {@code swanctl.conf} that come in messages of vici, as {@code swanctl} sends them: templates are resolved, and what
 * files would name is there itself. Errors and warnings go to the problems.
 */
public final class SwanctlMessages {
    /** Whose values are certificates or keys. */
    private static final Set<String> ATTACHED = Set.of(
            AuthKeys.CERTS.name(), AuthKeys.CACERTS.name(), AuthKeys.PUBKEYS.name(), AuthorityKeys.CACERT.name());

    private final AttachedCredentials credentials;
    private final Problems problems;

    /** @param elsewhere what messages name as a file or on a token */
    public SwanctlMessages(NamedCredentials elsewhere, Problems problems) {
        this.credentials = new AttachedCredentials(elsewhere, problems);
        this.problems = problems;
    }

    /** @param others that there are, from which it must differ */
    public Optional<ConnectionConfig> connection(MessageElement.SubSection message, List<ConnectionConfig> others) {
        var reader = new ConnectionReader(credentials, problems);
        Optional<ConnectionConfig> connection = read(message, "connections").section("connections").stream()
                .flatMap(all -> all.sections(SwanctlTable.CONNECTION).stream())
                .flatMap(section -> reader.read(section).stream())
                .findFirst();
        connection.ifPresent(read -> new ReqidCheck(problems)
                .check(Stream.concat(others.stream(), Stream.of(read)).toList()));
        return connection;
    }

    public Optional<AuthorityUris> authority(MessageElement.SubSection message) {
        return new AuthorityReader(credentials, problems)
                .readAll(read(message, "authorities")).stream().findFirst();
    }

    private TypedSection read(MessageElement.SubSection message, String around) {
        var messages = new MessageReader(
                (key, value) -> ATTACHED.contains(key) ? Optional.of(credentials.attach(value)) : Optional.empty(),
                problems);
        var document = new TypedSection(new Inheritance(messages.read(message, around), problems).root());
        new SchemaCheck(SwanctlTable.ROOT, problems).check(document.view());
        return document;
    }
}
