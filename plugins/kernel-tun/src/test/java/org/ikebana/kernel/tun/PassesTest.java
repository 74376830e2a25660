package org.ikebana.kernel.tun;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.PortMatch;
import org.junit.jupiter.api.Test;

/** No route may lead past the device what another policy holds: not of another source, protocol or priority. */
class PassesTest {
    private static final int PASS = 170_000;
    private static final int TUNNEL = 380_000;

    private final Passes passes = new Passes();

    @Test
    void leadsPastWhereAllOfItPasses() {
        passes.protect(policy("10.1.0.0/16", "10.0.0.0/8", 0, TUNNEL));
        passes.pass(policy("10.1.0.0/16", "10.2.9.0/24", 0, PASS));
        assertThat(passes.destinations()).containsExactly(prefix("10.2.9.0/24"));
    }

    @Test
    void doesNotWhereAnotherSourceIsProtected() {
        Policy wider = policy("10.0.0.0/8", "10.2.0.0/16", 0, TUNNEL);
        passes.pass(policy("10.1.0.0/16", "10.2.9.0/24", 0, PASS));
        assertThat(passes.destinations()).hasSize(1);
        passes.protect(wider);
        assertThat(passes.destinations()).isEmpty();
        passes.release(wider);
        assertThat(passes.destinations()).hasSize(1);
    }

    @Test
    void doesNotForOneProtocolOfMany() {
        passes.protect(policy("10.1.0.0/16", "10.2.0.0/16", 0, TUNNEL));
        passes.pass(policy("10.1.0.0/16", "10.2.9.0/24", 6, PASS));
        assertThat(passes.destinations()).isEmpty();
        assertThat(passes.obstacle(policy("10.1.0.0/16", "10.2.9.0/24", 6, PASS)))
                .isPresent();
    }

    @Test
    void doesNotWhereTheOtherPolicyComesFirst() {
        passes.protect(policy("10.1.0.0/16", "10.2.9.7/32", 0, PASS - 1));
        passes.pass(policy("10.1.0.0/16", "10.2.9.0/24", 0, PASS));
        assertThat(passes.destinations()).isEmpty();
    }

    @Test
    void otherDestinationsAreNoObstacle() {
        passes.protect(policy("0.0.0.0/0", "10.7.0.0/16", 0, TUNNEL));
        passes.pass(policy("10.1.0.0/16", "10.2.9.0/24", 6, PASS));
        assertThat(passes.destinations()).hasSize(1);
    }

    private static Policy policy(String source, String destination, int protocol, int priority) {
        PolicySelector selector =
                new PolicySelector(prefix(source), prefix(destination), protocol, PortMatch.ANY, PortMatch.ANY);
        PolicyKey key = new PolicyKey(selector, Direction.OUT, Mark.NONE, 0);
        return new Policy(key, priority, Policy.Action.ALLOW, List.of());
    }

    private static IpPrefix prefix(String text) {
        String[] parts = text.split("/");
        return new IpPrefix(InetAddress.ofLiteral(parts[0]), Integer.parseInt(parts[1]));
    }
}
