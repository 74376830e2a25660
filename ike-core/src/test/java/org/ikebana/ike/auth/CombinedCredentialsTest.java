package org.ikebana.ike.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.x509.TestAuthority;
import org.junit.jupiter.api.Test;

/** What plugins add to the configuration takes nothing away from it. */
class CombinedCredentialsTest {
    private final TestAuthority authority = TestAuthority.root("CN=Root");

    @Test
    void whatIsKnownOfRevocationStays() {
        StatusSources known = new StatusSources(
                List.of(),
                List.of(authority.certificate()),
                List.of(new StatusSources.AuthorityUris(authority.certificate(), List.of("http://one/"), List.of())));

        CombinedCredentials both = new CombinedCredentials(List.of(store(known), store(StatusSources.NONE)));

        assertThat(both.statusSources()).isEqualTo(known);
    }

    @Test
    void passwordsOfAllOfThemCountAndTheFirstOnesFirst() throws Exception {
        EapSecret carols = password("configured", "carol@example.org");
        EapSecret carolsToo = password("vault", "carol@example.org");
        EapSecret davesOfTheVault = password("vault", "dave@example.org");
        CombinedCredentials both = new CombinedCredentials(List.of(
                store(new EapSecrets(List.of(carols))), store(new EapSecrets(List.of(carolsToo, davesOfTheVault)))));

        assertThat(both.eapSecrets().find(Identity.parse("carol@example.org"))).contains(carols);
        assertThat(both.eapSecrets().find(Identity.parse("dave@example.org"))).contains(davesOfTheVault);
        assertThat(both.eapSecrets().find(Identity.parse("erin@example.org"))).isEmpty();
    }

    @Test
    void passwordsStayWhereAPluginHasNone() throws Exception {
        EapSecret carols = password("configured", "carol@example.org");
        CombinedCredentials both =
                new CombinedCredentials(List.of(store(new EapSecrets(List.of(carols))), store(StatusSources.NONE)));

        assertThat(both.eapSecrets().find(Identity.parse("carol@example.org"))).contains(carols);
    }

    private static EapSecret password(String name, String owner) throws Exception {
        return new EapSecret(
                name,
                List.of(Identity.parse(owner)),
                Secret.copyOf("Ar3etTnp".getBytes(StandardCharsets.UTF_8)),
                false);
    }

    private static CredentialStore store(StatusSources sources) {
        return store(sources, EapSecrets.NONE);
    }

    private static CredentialStore store(EapSecrets passwords) {
        return store(StatusSources.NONE, passwords);
    }

    private static CredentialStore store(StatusSources sources, EapSecrets passwords) {
        return new CredentialStore() {
            @Override
            public Optional<SharedKey> sharedKey(Identity local, Identity remote) {
                return Optional.empty();
            }

            @Override
            public StatusSources statusSources() {
                return sources;
            }

            @Override
            public EapSecrets eapSecrets() {
                return passwords;
            }
        };
    }
}
