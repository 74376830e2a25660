package org.ikebana.it.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.junit.jupiter.api.Test;

/** A sample of what {@code integration-tests/crowd} does: as long as none of the crowd is answered, others come up. */
@NetnsTest
class CrowdTest {
    private static final int SIZE = 60;

    @Test
    void tunnelsComeUpBesideThoseWhoWait(Lab lab) throws Exception {
        Plan plan = new Plan(DeadServers.SILENT_EACH, "strict", SIZE, 10, 1, 100);
        Trial trial = new Trial(lab, plan);
        trial.arrive(0, SIZE);
        assertThat(trial.tunnels(10)).hasSize(10);
        assertThat(trial.waiting()).isEqualTo(SIZE);
    }
}
