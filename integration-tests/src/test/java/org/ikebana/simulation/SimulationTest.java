package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fixed set of seeds; {@code integration-tests/simulate} runs any number, and tells the whole story of one. */
class SimulationTest {
    private static final int SEEDS_OF_A_HUNDRED = 100;

    @ParameterizedTest
    @ValueSource(longs = {1, 101, 201, 301})
    void allIsWellAfterTheStorm(long first) throws Exception {
        for (long seed = first; seed < first + SEEDS_OF_A_HUNDRED; seed++) {
            SimulationMain.run(seed);
        }
    }

    @Test
    void aSeedRunsTheSameEveryTime() throws Exception {
        assertThat(story(7)).hasSizeGreaterThan(50).isEqualTo(story(7));
    }

    @Test
    void aFailureNamesItsSeedAndTellsItsStory() throws Exception {
        Simulation simulation = new Simulation(Scenario.of(3));
        assertThatThrownBy(() -> SimulationMain.run(3, simulation, () -> {
                    throw new AssertionError("on purpose");
                }))
                .hasMessageContaining("simulate --seed 3")
                .hasMessageContaining("on purpose")
                .hasMessageContaining("INFORMATIONAL response");
    }

    private static List<String> story(long seed) throws Exception {
        Simulation simulation = new Simulation(Scenario.of(seed), Integer.MAX_VALUE);
        simulation.run();
        return simulation.chronicle();
    }
}
