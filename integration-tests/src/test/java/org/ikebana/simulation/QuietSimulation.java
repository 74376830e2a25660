package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.ConnectionBuilder;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;

/**
 * A simulation that a test breaks something in: without a storm, rekeys or anything else that could mend it.
 *
 * @param start what west does with its child at first; east does nothing
 * @param atEast what is otherwise than usual in its connection
 */
record QuietSimulation(long seed, StartAction start, UnaryOperator<ConnectionBuilder> atEast) {
    private static final Duration IN_THE_MIDDLE = Duration.ofSeconds(40);

    static QuietSimulation standard() {
        return new QuietSimulation(1, StartAction.START, c -> c);
    }

    Simulation create() throws Exception {
        Site west = proposing(TwoPeers.westSite().starting(start), true);
        Site east = proposing(TwoPeers.eastSite(), false)
                .with(c -> c.remoteAddresses(List.of(new AddressSpec.Exact(Scenario.WEST), new AddressSpec.Any())))
                .with(atEast);
        IkeSettings settings = IkeSettings.DEFAULT
                .changed()
                .cookieThreshold(0)
                .halfOpenTimeout(Duration.ofHours(1))
                .build();
        return new Simulation(new Scenario(
                seed,
                new Lines(1, Lines.Merging.NEITHER, false),
                settings,
                Duration.ofSeconds(10),
                Duration.ofDays(1),
                Duration.ofMillis(500),
                false,
                false,
                false,
                west.connection(west.child("net0", "10.1.0.0/24", "10.2.0.0/24")),
                east.connection(east.child("net0", "10.2.0.0/24", "10.1.0.0/24"))));
    }

    void fails(String message, Consumer<Simulation> sabotage) throws Exception {
        Simulation simulation = create();
        simulation.later(IN_THE_MIDDLE, () -> sabotage.accept(simulation));
        assertThatThrownBy(simulation::run).isInstanceOf(AssertionError.class).hasMessageContaining(message);
    }

    private static Site proposing(Site site, boolean west) {
        Suites suites = Suites.of(1, west);
        return site.with(c -> c.proposals(suites.ike())).withChild(c -> c.proposals(suites.esp()));
    }
}
