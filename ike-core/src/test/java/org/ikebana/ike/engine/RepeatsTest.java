package org.ikebana.ike.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RepeatsTest {
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 500);
    private static final InetSocketAddress OTHER = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.2"), 500);

    private final Repeats repeats = new Repeats(0);

    @Test
    void theSameIsKnownForEightSecondsAtLeastAndSixteenAtMost() {
        assertThat(repeats.note(7, PEER, at(7))).isFalse();
        assertThat(repeats.note(7, PEER, at(15))).isTrue();
        assertThat(repeats.note(7, OTHER, at(15))).isFalse();
        assertThat(repeats.note(8, PEER, at(15))).isFalse();
        assertThat(repeats.note(8, PEER, at(31.5))).isFalse();
    }

    @Test
    void whatCameLongAgoIsForgottenEvenIfNothingCameSince() {
        repeats.note(7, PEER, at(1));
        assertThat(repeats.note(7, PEER, at(1000))).isFalse();
    }

    @Test
    void ofAFloodFewAreTakenForRepeated() {
        SplittableRandom random = new SplittableRandom(6);
        int known = 0;
        for (int i = 0; i < 800_000; i++) {
            known += repeats.note(random.nextLong(), PEER, at(i / 100_000.0)) ? 1 : 0;
        }
        assertThat(known).isLessThan(80_000);
    }

    private static long at(double seconds) {
        return (long) (seconds * Duration.ofSeconds(1).toNanos());
    }
}
