package org.ikebana.ike.sa;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.KernelChange.DeletePolicy;
import org.ikebana.ike.kernel.KernelChange.PutPolicy;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.junit.jupiter.api.Test;

/** A trap and its SAs share one entry of the kernel's database. */
class PolicyTableTest {
    private final PolicyTable table = new PolicyTable();
    private final Policy trap = policy(100);
    private final Policy sa = policy(99);

    @Test
    void theSaTakesTheTrapsPlaceAndGivesItBack() {
        assertThat(table.add("trap", List.of(trap))).containsExactly(new PutPolicy(trap));
        assertThat(table.add("sa", List.of(sa))).containsExactly(new PutPolicy(sa));
        assertThat(table.remove("sa", List.of(sa))).containsExactly(new PutPolicy(trap));
        assertThat(table.remove("trap", List.of(trap))).containsExactly(new DeletePolicy(trap.key()));
        assertThat(table.isEmpty()).isTrue();
    }

    @Test
    void aTrapUnderAnSaIsNotInstalledAndGoesUnseen() {
        table.add("sa", List.of(sa));
        assertThat(table.add("trap", List.of(trap))).isEmpty();
        assertThat(table.remove("trap", List.of(trap))).isEmpty();
        assertThat(table.remove("sa", List.of(sa))).containsExactly(new DeletePolicy(sa.key()));
    }

    @Test
    void twoSasOfARekeyShareThePolicyUntilTheLastGoes() {
        table.add("old", List.of(sa));
        assertThat(table.add("new", List.of(sa))).containsExactly(new PutPolicy(sa));
        assertThat(table.remove("old", List.of(sa))).isEmpty();
        assertThat(table.remove("new", List.of(sa))).containsExactly(new DeletePolicy(sa.key()));
    }

    @Test
    void aPolicyThatMovesStaysInItsPlace() {
        Policy moved = new Policy(
                sa.key(),
                sa.priority(),
                sa.action(),
                List.of(new PolicyTemplate(
                        InetAddress.ofLiteral("192.0.2.1"),
                        InetAddress.ofLiteral("192.0.2.2"),
                        SaProtocol.ESP,
                        SaMode.TUNNEL,
                        7)));
        table.add("trap", List.of(trap));
        table.add("sa", List.of(sa));
        assertThat(table.replace("sa", List.of(moved))).containsExactly(new PutPolicy(moved));
        assertThat(table.replace("trap", List.of(trap)))
                .as("not the one installed")
                .isEmpty();
        assertThat(table.replace("nobody", List.of(moved))).isEmpty();
        assertThat(table.remove("sa", List.of(moved))).containsExactly(new PutPolicy(trap));
    }

    @Test
    void whatWasNeverAddedIsNotRemoved() {
        table.add("sa", List.of(sa));
        assertThat(table.remove("another", List.of(sa))).isEmpty();
        assertThat(table.isEmpty()).isFalse();
    }

    private static Policy policy(int priority) {
        IpPrefix net = new IpPrefix(InetAddress.ofLiteral("10.0.0.0"), 8);
        PolicySelector selector = new PolicySelector(net, net, 0, PortMatch.ANY, PortMatch.ANY);
        return new Policy(
                new PolicyKey(selector, Direction.OUT, Mark.NONE, 0), priority, Policy.Action.ALLOW, List.of());
    }
}
