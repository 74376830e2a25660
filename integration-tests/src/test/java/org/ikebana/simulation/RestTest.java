package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.connection.UniquePolicy;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.junit.jupiter.api.Test;

/** What two machines must come to after a storm, prevented on purpose. */
class RestTest {
    private static void fails(String message, Consumer<Simulation> sabotage) throws Exception {
        QuietSimulation.standard().fails(message, sabotage);
    }

    @Test
    void otherKeysAtTheOtherEnd() throws Exception {
        fails("the two have different SAs", s -> {
            SecurityAssociation sa = Sabotage.outbound(s.east());
            SecurityAssociation changed = Sabotage.copy(sa, sa.key().spi().value(), Sabotage::otherKey);
            Sabotage.apply(s.east().kernel(), new KernelChange.DeleteSa(sa.key(), sa.source()));
            Sabotage.apply(s.east().kernel(), new KernelChange.AddSa(changed));
        });
    }

    @Test
    void anSaThatNobodyOwns() throws Exception {
        fails("west has 3 SAs in the kernel", s -> Sabotage.addForeign(s.west(), 1));
    }

    @Test
    void aPolicyThatNobodyOwns() throws Exception {
        fails("east has 4 policies in the kernel, not 3", s -> Sabotage.addForeignPolicies(s.east(), 1));
    }

    @Test
    void aTunnelThatDoesNotComeBack() throws Exception {
        fails("west has 0 pairs of SAs, not 1", s -> {
            s.network().lose(datagram -> true);
            s.west().terminate();
        });
    }

    /** East takes whoever comes for somebody else; the IKE SA whose pair sends no more finds out that west has lost it. */
    @Test
    void anIkeSaThatIsLeftOverGoes() throws Exception {
        Simulation s = new QuietSimulation(1, StartAction.START, c -> c.unique(UniquePolicy.NEVER)).create();
        List<Optional<String>> obstacles = new ArrayList<>();
        s.later(Duration.ofSeconds(40), () -> {
            s.west().crash(true);
            s.west().start();
        });
        s.later(Duration.ofSeconds(50), () -> obstacles.add(rest(s, s).obstacle()));

        s.run();

        assertThat(obstacles).containsExactly(Optional.of("east has 2 IKE SAs"));
    }

    @Test
    void aHalfOpenIkeSaThatStays() throws Exception {
        fails("east has 1 half-open IKE SAs", s -> Sabotage.begin(s, 1));
    }

    /** The ends of two tunnels. */
    @Test
    void twoIkeSasThatAreNotOne() throws Exception {
        Simulation one = QuietSimulation.standard().create();
        Simulation other = new QuietSimulation(2, StartAction.START, c -> c).create();
        List<Optional<String>> obstacles = new ArrayList<>();
        Duration meanwhile = Duration.ofSeconds(40);
        one.later(meanwhile, () -> {
            other.later(meanwhile, () -> obstacles.add(rest(one, other).obstacle()));
            assertThatCode(other::run).doesNotThrowAnyException();
            obstacles.add(rest(one, one).obstacle());
        });
        one.run();
        assertThat(obstacles).containsExactly(Optional.of("the two have different IKE SAs"), Optional.empty());
    }

    private static Rest rest(Simulation ofWest, Simulation ofEast) {
        return new Rest(ofWest.west(), ofEast.east(), new Lines(1, Lines.Merging.NEITHER, false));
    }
}
