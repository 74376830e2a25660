package org.ikebana.it.marathon;

import static org.assertj.core.api.Assertions.assertThat;

import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.RealKernelTest;
import org.junit.jupiter.api.Test;

/** A short one; {@code integration-tests/rekeys} runs a long one. */
@RealKernelTest
class RekeyMarathonTest {
    /** Echo requests and answers that are on the slow wire when both ends rekey. */
    private static final long IN_FLIGHT = 2 * Runners.DELAY.dividedBy(FloodPing.PACE);

    @Test
    void noPacketIsLostWhenEitherEndRekeys(Lab lab) {
        Course course = Course.SHORT;
        Report report = new Report(Marathon.run(lab, course));
        System.out.print(report);

        assertThat(report.result().rekeys()).hasSize(2 * (8 + 2) + 2 * (2 + 1));
        assertThat(report.result().crossings()).as("requests crossed").isPositive();
        assertThat(report.result().echo().sent()).isGreaterThan(1000);
        assertThat(report.isFlawed()).as("packets lost without a collision").isFalse();
        assertThat(report.lostAtCollisions())
                .as("what was on its way, at most")
                .hasSizeLessThanOrEqualTo((int) IN_FLIGHT * 3);
    }
}
