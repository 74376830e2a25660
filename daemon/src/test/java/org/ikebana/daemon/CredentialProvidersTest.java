package org.ikebana.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ikebana.config.ConfigLoader;
import org.ikebana.config.Configuration;
import org.ikebana.ike.auth.CredentialProvider;
import org.ikebana.ike.auth.CredentialStore;
import org.ikebana.ike.auth.Identity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials of a plugin that {@link java.util.ServiceLoader} finds. */
class CredentialProvidersTest {
    @TempDir
    private Path folder;

    private Configuration configuration;
    private CredentialProviders providers;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(folder.resolve("swanctl.conf"), """
                secrets { ike-east {
                    id = east.example.org
                    secret = configured
                }
                eap-carol {
                    id = carol@example.org
                    secret = "Ar3etTnp"
                } }
                """);
        configuration = ConfigLoader.load(folder);
        List<CredentialProvider> found = DaemonModule.credentialProviders();
        assertThat(found).singleElement().isInstanceOf(VaultProvider.class);
        providers = new CredentialProviders(found, folder);
    }

    @Test
    void theConfigurationIsAskedFirst() throws Exception {
        put("of the vault");
        CredentialStore store = providers.with(configuration);
        assertThat(secret(store, "east.example.org")).contains("configured");
        assertThat(secret(store, "north.example.org")).contains("of the vault");
        assertThat(store.candidates()).containsExactly("ike-east of east.example.org", "vault of anybody");
    }

    @Test
    void areAskedAgainAtEveryReload() throws Exception {
        put("old");
        assertThat(secret(providers.with(configuration), "north.example.org")).contains("old");
        put("new");
        assertThat(secret(providers.with(configuration), "north.example.org")).contains("new");
    }

    @Test
    void oneThatFailsKeepsWhatItHad() throws Exception {
        assertThat(secret(providers.with(configuration), "north.example.org")).isEmpty();
        put("old");
        providers.with(configuration);
        Files.delete(folder.resolve(VaultProvider.FILE));
        assertThat(secret(providers.with(configuration), "north.example.org")).contains("old");
        assertThat(secret(providers.with(configuration), "east.example.org")).contains("configured");
    }

    /** The plugin has none. */
    @Test
    void theConfigurationsPasswordsStay() throws Exception {
        put("of the vault");
        CredentialStore store = providers.with(configuration);
        assertThat(store.eapSecrets().find(Identity.parse("carol@example.org")))
                .hasValueSatisfying(password -> assertThat(password.name()).isEqualTo("eap-carol"));
    }

    private void put(String secret) throws Exception {
        Files.writeString(folder.resolve(VaultProvider.FILE), secret);
    }

    private static Optional<String> secret(CredentialStore store, String remote) throws Exception {
        return store.sharedKey(Identity.parse("west.example.org"), Identity.parse(remote))
                .map(key -> new String(key.secret().bytes(), UTF_8));
    }
}
