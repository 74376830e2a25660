package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.ikebana.simulation.HostileCredentials.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A sample of what {@code integration-tests/mutate-credentials} does. */
class CredentialMutationTest {
    private final HostileCredentials credentials = new HostileCredentials();

    @ParameterizedTest
    @EnumSource(Kind.class)
    void ownOnes(Kind kind) {
        CredentialCampaign campaign = run(kind, credentials.own(kind), 500);
        assertThat(campaign.refused()).isPositive();
        assertThat(campaign.taken()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void thoseOfTheCorpus(Kind kind) throws IOException {
        List<byte[]> seeds = HostileCredentials.ofCorpus(kind);
        CredentialCampaign campaign = run(kind, seeds, 3);
        assertThat(campaign.taken() + campaign.refused()).isEqualTo(4L * seeds.size());
    }

    private CredentialCampaign run(Kind kind, List<byte[]> seeds, int each) {
        CredentialCampaign campaign = new CredentialCampaign(credentials, kind, seeds, 1);
        for (int i = 0; i < seeds.size(); i++) {
            campaign.run(i, each);
        }
        return campaign;
    }
}
