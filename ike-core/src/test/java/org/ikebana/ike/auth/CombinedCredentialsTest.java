package org.ikebana.ike.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
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

    private static CredentialStore store(StatusSources sources) {
        return new CredentialStore() {
            @Override
            public Optional<SharedKey> sharedKey(Identity local, Identity remote) {
                return Optional.empty();
            }

            @Override
            public StatusSources statusSources() {
                return sources;
            }
        };
    }
}
