package org.ikebana.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.ikebana.ike.control.TunnelName;
import org.junit.jupiter.api.Test;

class StateTimesTest {
    private static final TunnelName LAN = new TunnelName("site", "lan");
    private static final Optional<Duration> NOT_UP = Optional.empty();

    private Duration now = Duration.ofHours(1);
    private final StateTimes times = new StateTimes(() -> now.toNanos());

    @Test
    void aRekeyChangesNothing() {
        assertThat(upFor(5)).isEqualTo(seconds(5));
        pass(60);
        assertThat(upFor(1)).isEqualTo(seconds(65));
    }

    @Test
    void whatGoesDownCountsFromThen() {
        upFor(5);
        times.down(LAN);
        pass(7);
        assertThat(times.of(LAN, NOT_UP)).isEqualTo(seconds(7));
        pass(3);
        assertThat(upFor(2)).isEqualTo(seconds(2));
    }

    @Test
    void whatWasDownBetweenTwoLooksIsUpForLess() {
        upFor(50);
        times.down(LAN);
        pass(10);
        assertThat(upFor(4)).isEqualTo(seconds(4));
    }

    @Test
    void whatHasNeverBeenUpCountsFromTheFirstLook() {
        assertThat(times.of(LAN, NOT_UP)).isEqualTo(Duration.ZERO);
        pass(9);
        assertThat(times.of(LAN, NOT_UP)).isEqualTo(seconds(9));
    }

    private Duration upFor(int age) {
        return times.of(LAN, Optional.of(seconds(age)));
    }

    private void pass(int time) {
        now = now.plusSeconds(time);
    }

    private static Duration seconds(int number) {
        return Duration.ofSeconds(number);
    }
}
