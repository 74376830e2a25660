package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
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
        assertThat(credentials.printed() > 0).isEqualTo(kind == Kind.CERTIFICATE || kind == Kind.IDENTITY);
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

    /** Sequences in sequences, as many as there is room for, and without an end. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void deepOnes(Kind kind) {
        byte[] endless = new byte[60_000];
        for (int i = 0; i < endless.length; i += 2) {
            endless[i] = 0x30;
            endless[i + 1] = (byte) 0x80;
        }
        byte[] nested = new byte[60_000];
        for (int i = 0; i < nested.length; i += 4) {
            int rest = nested.length - i - 4;
            nested[i] = 0x30;
            nested[i + 1] = (byte) 0x82;
            nested[i + 2] = (byte) (rest >> 8);
            nested[i + 3] = (byte) rest;
        }
        byte[] shorter = Arrays.copyOfRange(nested, nested.length - 20_000, nested.length);
        CredentialCampaign campaign = run(kind, List.of(endless, nested, shorter), 0);
        assertThat(campaign.taken() + campaign.refused()).isEqualTo(3);
    }

    private CredentialCampaign run(Kind kind, List<byte[]> seeds, int each) {
        CredentialCampaign campaign = new CredentialCampaign(credentials, kind, seeds, 1);
        for (int i = 0; i < seeds.size(); i++) {
            campaign.run(i, each);
        }
        return campaign;
    }
}
