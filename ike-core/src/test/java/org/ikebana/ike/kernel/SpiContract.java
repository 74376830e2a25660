package org.ikebana.ike.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.ikebana.ike.kernel.KernelSnapshot.InstalledSa;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reservations of inbound SPIs. */
public interface SpiContract extends KernelContract {
    @Test
    default void spisAreUniqueAndInRange() throws Exception {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            int spi = backend().allocateSpi(TestNet.IPV4.spiRequest(1)).value();
            assertThat(Integer.toUnsignedLong(spi)).isBetween(0xc0000000L, 0xcfffffffL);
            assertThat(seen.add(spi)).as("%08x is new", spi).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    default void aReservationIsALarvalSa(TestNet net) throws Exception {
        Spi spi = backend().allocateSpi(net.spiRequest(7));

        assertThat(sas()).singleElement().satisfies(sa -> {
            assertThat(sa.key()).isEqualTo(new SaKey(net.local(), spi, SaProtocol.ESP, Mark.NONE));
            assertThat(sa.source()).isEqualTo(net.peer());
            assertThat(sa.mode()).isEqualTo(SaMode.TUNNEL);
            assertThat(sa.reqid()).isEqualTo(7);
            assertThat(sa.larval()).isTrue();
        });
    }

    @Test
    default void aReservationKeepsItsMarkAndMode() throws Exception {
        TestNet net = TestNet.IPV4;
        Mark mark = new Mark(0x20, 0xff);
        Spi spi = backend()
                .allocateSpi(new SpiRequest(net.peer(), net.local(), SaProtocol.ESP, SaMode.TRANSPORT, 7, mark, 0));

        assertThat(sas()).singleElement().satisfies(sa -> {
            assertThat(sa.key()).isEqualTo(new SaKey(net.local(), spi, SaProtocol.ESP, mark));
            assertThat(sa.mode()).isEqualTo(SaMode.TRANSPORT);
        });
    }

    @Test
    default void aReservationLapsesByItself() throws Exception {
        backend().allocateSpi(TestNet.IPV4.spiRequest(1));

        awaitLapse();

        assertThat(sas()).isEmpty();
    }

    @Test
    default void aReservationCanBeDeleted() throws Exception {
        TestNet net = TestNet.IPV4;
        Spi spi = backend().allocateSpi(net.spiRequest(1));

        apply(TestSa.inbound(net, spi).delete());

        assertThat(sas()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    default void anInboundSaCompletesItsReservation(TestNet net) throws Exception {
        needsEsp("completing a reservation");
        Spi spi = backend().allocateSpi(net.spiRequest(7));

        apply(TestSa.inbound(net, spi).reqid(7).add());

        assertThat(sas()).singleElement().satisfies(sa -> {
            assertThat(sa.key().spi()).isEqualTo(spi);
            assertThat(sa.larval()).isFalse();
        });
        bench().advance(bench().larvalLifetime().plus(Duration.ofSeconds(2)));
        assertThat(sas()).as("the reservation's lifetime does not end the SA").hasSize(1);
    }

    @Test
    default void anInboundSaIsAddedAfreshAfterItsReservationLapsed() throws Exception {
        needsEsp("adding after a reservation lapsed");
        TestNet net = TestNet.IPV4;
        Spi spi = backend().allocateSpi(net.spiRequest(7));
        awaitLapse();
        assertThat(sas()).isEmpty();

        apply(TestSa.inbound(net, spi).reqid(7).add());

        assertThat(sas()).extracting(InstalledSa::larval).containsExactly(false);
    }
}
