package org.ikebana.ike.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.Subsystem;
import org.junit.jupiter.api.Test;

class LastFailuresTest {
    private static final ChildConfig CHILD = ChildConfig.named("lan").build();
    private static final IkeEvent RETRY = new IkeEvent.RetryScheduled("site", "lan", Duration.ofSeconds(4));

    private final LastFailures failures = new LastFailures(() -> 0);

    /** So that tunnels that come up wake nobody on a gateway where all goes well. */
    @Test
    void tunnelsThatComeUpAreOfInterestOnlyWhereOneHasFailed() {
        assertThat(failures.wantsChildSas(CHILD)).isFalse();
        failures.on(new Notice.Happened(RETRY));
        assertThat(failures.wantsChildSas(CHILD)).isTrue();
        failures.cutOff();
        assertThat(failures.wantsChildSas(CHILD)).isFalse();
    }

    @Test
    void failuresAndTheNextAttemptAreOfInterest() {
        assertThat(failures.wants(RETRY)).isTrue();
        assertThat(failures.wants(new IkeEvent.Warning(Subsystem.IKE, "test", "of something else")))
                .isFalse();
        assertThat(failures.wantsIkeSas()).isFalse();
    }
}
