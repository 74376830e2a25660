package org.ikebana.ike.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.event.ChildSaName;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.SaUsage;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.proposal.Suite;
import org.ikebana.ike.sa.ChildSaStatus;
import org.ikebana.ike.task.ChildSelectors;
import org.ikebana.ike.wire.ProtocolId;
import org.junit.jupiter.api.Test;

class ChildTrafficTest {
    private static final TunnelName NAME = new TunnelName("site", "lan");

    private final AtomicLong clock = new AtomicLong();
    private final ChildTraffic traffic = new ChildTraffic(clock::get);

    @Test
    void goesOnAcrossRekeys() {
        traffic.look("site", pair(1, 100, 10));
        traffic.look("site", pair(1, 150, 15));
        traffic.look("site", pair(2, 0, 0));
        traffic.look("site", pair(1, 170, 17)); // its end is told late
        traffic.look("site", pair(1, 170, 17)); // and seen once more while it lingers
        traffic.look("site", pair(2, 30, 3));

        assertThat(traffic.of(NAME)).isEqualTo(new ChildTraffic.Total(200, 20, 400, 20));
    }

    @Test
    void anSaThatCannotBeAskedTakesNothingBack() {
        traffic.look("site", pair(1, 100, 10));
        traffic.look("site", pair(1, 0, 0).with(Optional.empty(), Optional.empty()));
        traffic.look("site", pair(1, 110, 11));

        assertThat(traffic.of(NAME).bytesIn()).isEqualTo(110);
    }

    @Test
    void whatIsConfiguredNoMoreIsForgotten() {
        traffic.look("site", pair(1, 100, 10));
        traffic.keepOnly(List.of());

        assertThat(traffic.of(NAME)).isEqualTo(ChildTraffic.Total.NONE);
    }

    @Test
    void spisOfLongAgoAreForgotten() {
        traffic.look("site", pair(1, 100, 10));
        clock.addAndGet(TimeUnit.MINUTES.toNanos(11));
        traffic.look("site", pair(2, 0, 0));
        assertThat(traffic.remembered()).as("the other pair's").isEqualTo(2);
    }

    /** Twice as many octets go out as come in. */
    private static ChildSaStatus pair(int number, long bytesIn, long packets) {
        return new ChildSaStatus(
                new ChildSaName("lan", number),
                ChildSaStatus.Stage.INSTALLED,
                ChildConfig.named("lan").build(),
                1,
                SaMode.TUNNEL,
                key(number),
                key(0x1000 + number),
                false,
                new Suite(ProtocolId.ESP, List.of()),
                new ChildSelectors(List.of(), List.of()),
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new SaUsage(bytesIn, packets, Instant.EPOCH, Optional.empty())),
                Optional.of(new SaUsage(2 * bytesIn, packets, Instant.EPOCH, Optional.empty())));
    }

    private static SaKey key(int spi) {
        return new SaKey(InetAddress.ofLiteral("192.0.2.1"), new Spi(spi), SaProtocol.ESP, Mark.NONE);
    }
}
