package org.ikebana.ike.sa;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.PortMatch;
import org.junit.jupiter.api.Test;

/** The figures are those that strongSwan 5.9.8 gives the same policies. */
class PolicyPriorityTest {
    @Test
    void areThoseOfStrongSwan() {
        assertThat(PolicyPriority.ofTrap(selector("10.1.0.0", 16, "10.2.0.0", 16, 0, PortMatch.ANY)))
                .isEqualTo(383616);
        assertThat(PolicyPriority.ofPass(selector("10.1.0.0", 24, "10.2.5.0", 24, 6, PortMatch.exactly(22))))
                .isEqualTo(175103);
        assertThat(PolicyPriority.ofDrop(selector("10.1.0.0", 16, "10.2.6.0", 24, 0, PortMatch.ANY)))
                .isEqualTo(579519);
    }

    /** The widest that passes comes before the narrowest tunnel, and that before the narrowest that is dropped. */
    @Test
    void eachKindComesBeforeTheNext() {
        PolicySelector widest = selector("::", 0, "::", 0, 0, PortMatch.ANY);
        PolicySelector narrowest = selector("::1", 128, "::2", 128, 6, PortMatch.exactly(22));
        assertThat(PolicyPriority.ofPass(widest)).isLessThan(PolicyPriority.ofSa(narrowest));
        assertThat(PolicyPriority.ofTrap(widest)).isLessThan(PolicyPriority.ofDrop(narrowest));
        assertThat(PolicyPriority.ofSa(widest)).isLessThan(PolicyPriority.ofTrap(widest));
    }

    private static PolicySelector selector(
            String source, int sourceBits, String destination, int bits, int protocol, PortMatch port) {
        return new PolicySelector(
                new IpPrefix(InetAddress.ofLiteral(source), sourceBits),
                new IpPrefix(InetAddress.ofLiteral(destination), bits),
                protocol,
                port,
                PortMatch.ANY);
    }
}
