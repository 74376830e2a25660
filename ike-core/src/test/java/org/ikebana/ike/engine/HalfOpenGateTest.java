package org.ikebana.ike.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.ike.engine.HalfOpenGate.Verdict.NEEDS_COOKIE;
import static org.ikebana.ike.engine.HalfOpenGate.Verdict.TOO_MANY;
import static org.ikebana.ike.engine.HalfOpenGate.Verdict.WELCOME;

import java.net.InetAddress;
import org.ikebana.ike.connection.IkeSettings;
import org.junit.jupiter.api.Test;

/** With the defaults: cookies from 30 half-open SAs in all or 3 of one address, no more than 5 of one address. */
class HalfOpenGateTest {
    private final HalfOpenGate gate = new HalfOpenGate(IkeSettings.DEFAULT);
    private final InetAddress peer = InetAddress.ofLiteral("192.0.2.1");

    @Test
    void oneAddressIsAskedForCookiesAndThenTurnedAway() {
        open(peer, 2);
        assertThat(gate.verdict(peer)).isEqualTo(WELCOME);
        open(peer, 1);
        assertThat(gate.verdict(peer)).isEqualTo(NEEDS_COOKIE);
        open(peer, 2);
        assertThat(gate.verdict(peer)).isEqualTo(TOO_MANY);
        assertThat(gate.verdict(InetAddress.ofLiteral("192.0.2.2"))).isEqualTo(WELCOME);
    }

    @Test
    void manyAddressesMakeEverybodyShowACookie() {
        for (int i = 0; i < 30; i++) {
            open(InetAddress.ofLiteral("198.51.100." + i), 1);
        }
        assertThat(gate.verdict(peer)).isEqualTo(NEEDS_COOKIE);
    }

    @Test
    void whatIsSettledCountsNoMore() {
        open(peer, 5);
        for (int i = 0; i < 5; i++) {
            gate.settled(peer);
        }
        assertThat(gate.verdict(peer)).isEqualTo(WELCOME);
        assertThat(gate.total()).isZero();
    }

    private void open(InetAddress address, int count) {
        for (int i = 0; i < count; i++) {
            gate.opened(address);
        }
    }
}
