package org.ikebana.ike.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.ikebana.ike.kernel.KernelEvent.HardExpire;
import org.ikebana.ike.kernel.KernelEvent.SoftExpire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits of time, octets and packets. */
public interface ExpiryContract extends KernelContract {
    @ParameterizedTest
    @EnumSource
    default void timeIsToldBeforeItEndsAnSa(TestNet net) throws Exception {
        needsEsp("expiry by time");
        EventLog events = EventLog.of(bench());
        TestSa sa = TestSa.outbound(net, 1001).reqid(7).lifetimes(new Lifetimes(1, 3600, 0, 0, 0, 0));
        SaKey key = sa.build().key();
        apply(sa.add());

        assertThat(events.first(SoftExpire.class)).isEqualTo(new SoftExpire(key, 7));
        assertThat(backend().usage(key)).as("a soft limit ends nothing").isPresent();
        assertThat(events.all(HardExpire.class)).isEmpty();
        assertThat(events.all(SoftExpire.class)).hasSize(1);
    }

    /** Whether a soft limit of the same second is told before depends on how punctual a kernel's timer is. */
    @ParameterizedTest
    @EnumSource
    default void timeEndsAnSa(TestNet net) throws Exception {
        needsEsp("expiry by time");
        EventLog events = EventLog.of(bench());
        TestSa sa = TestSa.outbound(net, 1001).reqid(7).lifetimes(new Lifetimes(0, 2, 0, 0, 0, 0));
        SaKey key = sa.build().key();
        apply(sa.add());

        assertThat(events.first(HardExpire.class)).isEqualTo(new HardExpire(key, 7));
        assertThat(backend().usage(key)).isEmpty();
        assertThat(sas()).isEmpty();
        apply(sa.delete());
        assertThat(events.all(SoftExpire.class)).isEmpty();
    }

    @Test
    default void timeEndsAnInboundSaThatWasReserved() throws Exception {
        needsEsp("expiry of a completed reservation");
        TestNet net = TestNet.IPV4;
        EventLog events = EventLog.of(bench());
        Spi spi = backend().allocateSpi(net.spiRequest(7));
        TestSa sa = TestSa.inbound(net, spi).reqid(7).lifetimes(new Lifetimes(0, 1, 0, 0, 0, 0));

        apply(sa.add());

        assertThat(events.first(HardExpire.class))
                .isEqualTo(new HardExpire(sa.build().key(), 7));
        assertThat(events.all(SoftExpire.class)).isEmpty();
        assertThat(sas()).isEmpty();
    }

    @Test
    default void withoutLimitsAnSaStays() throws Exception {
        needsEsp("an SA without limits");
        EventLog events = EventLog.of(bench());
        apply(
                TestSa.outbound(TestNet.IPV4, 1001).add(),
                TestPolicy.tunnel(TestNet.IPV4, 1).put());

        leaveTimes(20);
        bench().advance(Duration.ofSeconds(3));

        assertThat(completeSas()).hasSize(1);
        assertThat(events.all(SoftExpire.class)).isEmpty();
        assertThat(events.all(HardExpire.class)).isEmpty();
    }

    /** The kernel looks at the counters when the next packet comes, so one packet more than the limit is sent. */
    @Test
    default void packetsEndAnSa() throws Exception {
        needsEsp("expiry by packets");
        expiresByTraffic(new Lifetimes(0, 0, 0, 0, 3, 6), 4, 8);
    }

    @Test
    default void octetsEndAnSa() throws Exception {
        needsEsp("expiry by octets");
        expiresByTraffic(new Lifetimes(0, 0, 300, 1500, 0, 0), 5, 25);
    }

    @Test
    default void theSoftLimitIsToldOnceWhicheverItIs() throws Exception {
        needsEsp("two soft limits");
        EventLog events = EventLog.of(bench());
        apply(
                TestSa.outbound(TestNet.IPV4, 1001)
                        .reqid(7)
                        .lifetimes(new Lifetimes(1, 0, 0, 0, 2, 0))
                        .add(),
                TestPolicy.tunnel(TestNet.IPV4, 7).put());
        events.first(SoftExpire.class);

        leaveTimes(4);

        events.fence();
        assertThat(events.all(SoftExpire.class)).hasSize(1);
    }

    @Test
    default void aDeletedSaExpiresNoMore() throws Exception {
        needsEsp("deletion before expiry");
        EventLog events = EventLog.of(bench());
        TestSa sa = TestSa.outbound(TestNet.IPV4, 1001).lifetimes(new Lifetimes(6, 7, 0, 0, 0, 0));
        apply(sa.add());

        apply(sa.delete());
        bench().advance(Duration.ofSeconds(9));

        assertThat(events.all(SoftExpire.class)).isEmpty();
        assertThat(events.all(HardExpire.class)).isEmpty();
    }

    private void expiresByTraffic(Lifetimes lifetimes, int untilSoft, int untilHard) throws Exception {
        EventLog events = EventLog.of(bench());
        TestSa sa = TestSa.outbound(TestNet.IPV4, 1001).reqid(7).lifetimes(lifetimes);
        SaKey key = sa.build().key();
        apply(sa.add(), TestPolicy.tunnel(TestNet.IPV4, 7).put());

        leaveTimes(1);
        events.fence();
        assertThat(events.all(SoftExpire.class)).as("below the limit").isEmpty();
        leaveTimes(untilSoft - 1);
        assertThat(events.first(SoftExpire.class)).isEqualTo(new SoftExpire(key, 7));
        assertThat(backend().usage(key)).isPresent();
        assertThat(events.all(HardExpire.class)).isEmpty();

        leaveTimes(untilHard - untilSoft);
        assertThat(events.first(HardExpire.class)).isEqualTo(new HardExpire(key, 7));
        assertThat(backend().usage(key)).isEmpty();
        assertThat(events.all(SoftExpire.class)).as("told once").hasSize(1);
    }

    private void leaveTimes(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            bench().leave(TestPacket.udp(TestNet.IPV4, 5000));
        }
    }
}
