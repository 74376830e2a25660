package org.ikebana.ike.revocation;

import java.util.function.Supplier;
import org.ikebana.ike.auth.StatusSources;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.environment.Environment;

/** Where the status of certificates is known. */
record Sources(
        Environment environment,
        Supplier<StatusSources> configuration,
        FileLists files,
        ListServers lists,
        OcspServers responders) {
    static Sources of(Environment environment, CryptoRegistry crypto, Supplier<StatusSources> configuration) {
        return new Sources(
                environment,
                configuration,
                new FileLists(configuration, crypto),
                new ListServers(environment, crypto),
                new OcspServers(environment, crypto));
    }

    /** By the configuration that is in effect. */
    StatusSources configured() {
        return configuration.get();
    }
}
