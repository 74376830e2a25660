package org.ikebana.daemon;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ikebana.config.Configuration;
import org.ikebana.ike.auth.CombinedCredentials;
import org.ikebana.ike.auth.CredentialProvider;
import org.ikebana.ike.auth.CredentialStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The credentials of the configuration, and those that plugins bring. */
final class CredentialProviders {
    private static final Logger LOG = LoggerFactory.getLogger("ikebana.auth");

    private final List<CredentialProvider> providers;
    private final Path folder;
    private final Map<CredentialProvider, CredentialStore> last = new HashMap<>();

    /** @param config as {@code --config} names it */
    @Inject
    CredentialProviders(List<CredentialProvider> providers, Path config) {
        this.providers = providers;
        this.folder =
                Files.isDirectory(config) ? config : config.toAbsolutePath().resolveSibling("");
    }

    /** Asks all of them; one that fails keeps what it had, and says so in the log. */
    CredentialStore with(Configuration configuration) {
        if (providers.isEmpty()) {
            return configuration.credentials();
        }
        List<CredentialStore> stores = new ArrayList<>();
        stores.add(configuration.credentials());
        for (CredentialProvider provider : providers) {
            try {
                last.put(provider, provider.load(folder));
                LOG.info("credentials loaded from {}", provider.name());
            } catch (IOException e) {
                LOG.error(
                        "credentials of {} cannot be loaded: {}; {}",
                        provider.name(),
                        e.getMessage(),
                        last.containsKey(provider) ? "those loaded before stay" : "it goes on without");
            }
            CredentialStore store = last.get(provider);
            if (store != null) {
                stores.add(store);
            }
        }
        return new CombinedCredentials(stores);
    }
}
