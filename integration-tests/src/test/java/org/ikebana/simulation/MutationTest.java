package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ikebana.ike.connection.IkeSettings;
import org.junit.jupiter.api.Test;

/** A sample of what {@code integration-tests/mutate} does. */
class MutationTest {
    private static final int SAMPLE = 200;

    @Test
    void ownMessages() throws Exception {
        attackWith(HostileMessages.own(), SAMPLE);
    }

    @Test
    void messagesOfTheCorpus() throws Exception {
        attackWith(HostileMessages.ofCorpus(), SAMPLE / 20);
    }

    private static void attackWith(List<byte[]> messages, int each) throws Exception {
        for (IkeSettings settings : List.of(IkeSettings.DEFAULT, MutationCampaign.withoutProtection())) {
            MutationCampaign campaign = new MutationCampaign(messages, 1, settings);
            campaign.truncate();
            for (int i = 0; i < messages.size(); i++) {
                campaign.mutate(i, each);
            }
            assertThat(campaign.thrown()).isGreaterThan((long) messages.size() * each);
            assertThat(campaign.replies()).as("some get as far as an answer").isPositive();
        }
    }
}
