package org.ikebana.config;

import java.util.List;
import org.ikebana.config.problem.Problem;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.Credentials;
import org.ikebana.ike.auth.EapSecret;
import org.ikebana.ike.auth.EapSecrets;
import org.ikebana.ike.auth.Ppk;
import org.ikebana.ike.auth.Ppks;
import org.ikebana.ike.auth.SharedKey;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.auth.StatusSources;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.IkeSettings;

/**
 * A configuration without errors.
 *
 * @param warnings by file and line
 */
public record Configuration(
        IkeSettings settings,
        DaemonSettings daemon,
        List<ConnectionConfig> connections,
        List<SharedKey> sharedKeys,
        List<Ppk> ppks,
        List<EapSecret> eapSecrets,
        Certificates certificates,
        StatusSources statusSources,
        List<Problem> warnings) {
    public Configuration {
        connections = List.copyOf(connections);
        sharedKeys = List.copyOf(sharedKeys);
        ppks = List.copyOf(ppks);
        eapSecrets = List.copyOf(eapSecrets);
        warnings = List.copyOf(warnings);
    }

    /** All its secrets. */
    public Credentials credentials() {
        return new Credentials(
                new SharedKeys(sharedKeys), new Ppks(ppks), new EapSecrets(eapSecrets), certificates, statusSources);
    }
}
