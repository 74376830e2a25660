package org.ikebana.ike.sa;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.kernel.Lifetimes;
import org.junit.jupiter.api.Test;

/** {@code rand_time}, {@code rand_bytes} and {@code rand_packets} make rekeys earlier, never later, and hard limits stay. */
class SoftLimitsTest {
    private static final int DRAWS = 500;

    private final SecureRandom random = new Seeded();

    @Test
    void eachIsEarlierByUpToItsRandomPart() throws Exception {
        ChildConfig child = ChildConfig.named("n")
                .rekeyTime(Duration.ofSeconds(3600))
                .randTime(Duration.ofSeconds(9))
                .lifetimes(new Lifetimes(3600, 3960, 1000, 1100, 500, 550))
                .randBytes(19)
                .randPackets(4)
                .build();

        assertThat(drawn(child, Lifetimes::softSeconds)).hasSize(10).allMatch(s -> s >= 3591 && s <= 3600);
        assertThat(drawn(child, Lifetimes::softBytes)).hasSize(20).allMatch(b -> b >= 981 && b <= 1000);
        assertThat(drawn(child, Lifetimes::softPackets)).hasSize(5).allMatch(p -> p >= 496 && p <= 500);
        assertThat(drawn(child, Lifetimes::hardSeconds)).containsExactly(3960L);
        assertThat(drawn(child, Lifetimes::hardBytes)).containsExactly(1100L);
        assertThat(drawn(child, Lifetimes::hardPackets)).containsExactly(550L);
    }

    @Test
    void withoutARandomPartItIsExact() throws Exception {
        ChildConfig child = ChildConfig.named("n")
                .rekeyTime(Duration.ofSeconds(3600))
                .randTime(Duration.ZERO)
                .lifetimes(new Lifetimes(3600, 3960, 1000, 1100, 500, 550))
                .build();

        assertThat(drawn(child, Lifetimes::softSeconds)).containsExactly(3600L);
        assertThat(drawn(child, Lifetimes::softBytes)).containsExactly(1000L);
        assertThat(drawn(child, Lifetimes::softPackets)).containsExactly(500L);
    }

    @Test
    void noLimitStaysNone() throws Exception {
        ChildConfig child = ChildConfig.named("n")
                .rekeyTime(Duration.ZERO)
                .randTime(Duration.ofSeconds(9))
                .lifetimes(Lifetimes.NONE)
                .randBytes(19)
                .randPackets(4)
                .build();

        assertThat(SoftLimits.of(child, random)).isEqualTo(Lifetimes.NONE);
    }

    /** A random part as long as the limit leaves a unit at the least: 0 would mean never. */
    @Test
    void thereIsALimitHoweverEarly() {
        Set<Long> drawn = Stream.generate(() -> SoftLimits.earlier(3, 3, random))
                .limit(DRAWS)
                .collect(Collectors.toSet());
        assertThat(drawn).containsExactlyInAnyOrder(1L, 2L, 3L);
    }

    private Set<Long> drawn(ChildConfig child, ToLongFunction<Lifetimes> limit) {
        return Stream.generate(() -> limit.applyAsLong(SoftLimits.of(child, random)))
                .limit(DRAWS)
                .collect(Collectors.toSet());
    }

    private static final class Seeded extends SecureRandom {
        private final transient RandomGenerator generator = new SplittableRandom(4);

        @Override
        public long nextLong(long bound) {
            return generator.nextLong(bound);
        }
    }
}
