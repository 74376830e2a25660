package org.ikebana.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ikebana.ike.control.ChildTraffic;
import org.ikebana.ike.control.TunnelName;
import org.junit.jupiter.api.Test;

class CurvesTest {
    private static final TunnelName LAN = new TunnelName("site", "lan");
    private static final TunnelName VOIP = new TunnelName("site", "voip");

    private final Curves curves = new Curves();
    private long seconds;

    @Test
    void aPointIsWhatWasCarriedSinceTheOneBefore() {
        point(2, 1000, 0);
        point(2, 5000, 100);
        point(10, 5000, 200);

        assertThat(curves.points(now())).hasSize(3);
        assertThat(curves.rate(LAN, 0)).as("nothing is before it").isEqualTo(Curves.Rate.UNKNOWN);
        assertThat(curves.rate(LAN, 1)).isEqualTo(new Curves.Rate(2000, 50));
        assertThat(curves.rate(LAN, 2)).isEqualTo(new Curves.Rate(0, 10));
        assertThat(curves.rate(LAN)).isEqualTo(curves.rate(LAN, 2));
        assertThat(curves.age(1, now())).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void whatIsOldIsForgotten() {
        for (int i = 0; i < 3 * Curves.MOST_POINTS; i++) {
            point(1, i, 0);
        }
        assertThat(curves.points(now())).hasSize(Curves.MOST_POINTS);
        assertThat(curves.rate(LAN, 2L * Curves.MOST_POINTS)).isEqualTo(new Curves.Rate(1, 0));
        seconds += Curves.LENGTH.toSeconds() - 9;
        assertThat(curves.points(now())).as("of the last minutes").hasSize(10);
    }

    @Test
    void aTunnelThatComesBackBeginsAnew() {
        point(1, 1000, 0);
        curves.next(TimeUnit.SECONDS.toNanos(++seconds), List.of(VOIP));
        curves.add(VOIP, total(0, 0));
        point(1, 0, 0);
        point(1, 7, 0);

        assertThat(curves.rate(VOIP)).isEqualTo(Curves.Rate.UNKNOWN);
        assertThat(curves.rate(LAN, 2)).isEqualTo(Curves.Rate.UNKNOWN);
        assertThat(curves.rate(LAN, 3)).isEqualTo(new Curves.Rate(7, 0));
    }

    private void point(int later, long bytesIn, long bytesOut) {
        seconds += later;
        curves.next(now(), List.of(LAN));
        curves.add(LAN, total(bytesIn, bytesOut));
    }

    private long now() {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    private static ChildTraffic.Total total(long bytesIn, long bytesOut) {
        return new ChildTraffic.Total(bytesIn, 0, bytesOut, 0);
    }
}
