package org.ikebana.ike.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.ike.engine.HalfOpenGate.Verdict.NEEDS_COOKIE;
import static org.ikebana.ike.engine.HalfOpenGate.Verdict.TOO_BUSY;
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
        assertThat(gate.verdict(peer, 0)).isEqualTo(WELCOME);
        open(peer, 1);
        assertThat(gate.verdict(peer, 0)).isEqualTo(NEEDS_COOKIE);
        open(peer, 2);
        assertThat(gate.verdict(peer, 0)).isEqualTo(TOO_MANY);
        assertThat(gate.verdict(InetAddress.ofLiteral("192.0.2.2"), 0)).isEqualTo(WELCOME);
    }

    @Test
    void manyAddressesMakeEverybodyShowACookie() {
        for (int i = 0; i < 30; i++) {
            open(InetAddress.ofLiteral("198.51.100." + i), 1);
        }
        assertThat(gate.verdict(peer, 0)).isEqualTo(NEEDS_COOKIE);
    }

    @Test
    void limitsInAllTurnEverybodyAway() {
        HalfOpenGate limited = new HalfOpenGate(
                IkeSettings.DEFAULT.changed().halfOpenLimit(2).waitingLimit(10).build());
        limited.opened(InetAddress.ofLiteral("198.51.100.1"));
        assertThat(limited.verdict(peer, 9)).isEqualTo(WELCOME);
        assertThat(limited.verdict(peer, 10)).isEqualTo(TOO_BUSY);
        limited.opened(InetAddress.ofLiteral("198.51.100.2"));
        assertThat(limited.verdict(peer, 0)).isEqualTo(TOO_MANY);
    }

    @Test
    void zeroIsNoLimit() {
        HalfOpenGate open = new HalfOpenGate(IkeSettings.DEFAULT
                .changed()
                .cookieThreshold(0)
                .cookieThresholdPerAddress(0)
                .blockThresholdPerAddress(0)
                .build());
        for (int i = 0; i < 1000; i++) {
            open.opened(peer);
        }
        assertThat(open.verdict(peer, 100_000)).isEqualTo(WELCOME);
    }

    @Test
    void whatIsSettledCountsNoMore() {
        open(peer, 5);
        for (int i = 0; i < 5; i++) {
            gate.settled(peer);
        }
        assertThat(gate.verdict(peer, 0)).isEqualTo(WELCOME);
        assertThat(gate.total()).isZero();
    }

    private void open(InetAddress address, int count) {
        for (int i = 0; i < count; i++) {
            gate.opened(address);
        }
    }
}
