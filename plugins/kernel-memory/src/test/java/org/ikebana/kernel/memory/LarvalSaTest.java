package org.ikebana.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.ikebana.kernel.memory.TwoMachines.NET;
import static org.ikebana.kernel.memory.TwoMachines.packet;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelSnapshot.InstalledSa;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.SpiRequest;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.kernel.model.KernelOptions;
import org.junit.jupiter.api.Test;

/** Reservations and open ACQUIREs. */
class LarvalSaTest {
    private final TwoMachines machines = new TwoMachines();

    @Test
    void aTakenSpiIsNotGivenAgain() throws Exception {
        MemoryKernel kernel = withNumbers(5, 5, 5, 6, 5, 6);

        assertThat(kernel.allocateSpi(NET.spiRequest(1))).isEqualTo(new Spi(0xc0000005));
        assertThat(kernel.allocateSpi(NET.spiRequest(1))).isEqualTo(new Spi(0xc0000006));
        assertThat(kernel.allocateSpi(TestNet.IPV6.spiRequest(1)))
                .as("of another address")
                .isEqualTo(new Spi(0xc0000005));
        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> kernel.allocateSpi(NET.spiRequest(1)))
                .withMessageContaining("No SPI available");
    }

    @Test
    void anIpcompCpiIsNoSpi() {
        SpiRequest request = new SpiRequest(NET.peer(), NET.local(), SaProtocol.IPCOMP, SaMode.TUNNEL, 1, Mark.NONE, 0);

        assertThatExceptionOfType(KernelException.class).isThrownBy(() -> machines.left.allocateSpi(request));
    }

    @Test
    void aReservationThatLapsesIsTold() throws Exception {
        Spi spi = machines.left.allocateSpi(NET.spiRequest(7));

        machines.clock.advance(Duration.ofSeconds(29));
        assertThat(machines.leftEvents).isEmpty();
        machines.clock.advance(Duration.ofSeconds(1));

        assertThat(machines.leftEvents)
                .containsExactly(new KernelEvent.HardExpire(new SaKey(NET.local(), spi, SaProtocol.ESP, Mark.NONE), 7));
    }

    @Test
    void anOutboundSaDoesNotCompleteAReservation() throws Exception {
        Spi spi = machines.left.allocateSpi(
                new SpiRequest(NET.local(), NET.peer(), SaProtocol.ESP, SaMode.TUNNEL, 1, Mark.NONE, 0));

        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(
                        () -> machines.left(TestSa.outbound(NET, spi.value()).add()))
                .withMessageContaining("File exists");

        assertThat(machines.left.snapshot().sas())
                .extracting(InstalledSa::larval)
                .containsExactly(true);
    }

    /** The kernel goes by the number first, by what was asked for second, and looks at the destination always. */
    @Test
    void whichSaEndsAnAcquire() throws Exception {
        machines.left(TestPolicy.tunnel(NET, 7).put());
        machines.left.packetOut(packet());

        machines.left(TestSa.inbound(NET, new Spi(1001)).reqid(7).acquireSeq(1).add());
        machines.left(TestSa.outbound(NET, 1002).reqid(7).mode(SaMode.TRANSPORT).add());
        machines.left(TestSa.outbound(NET, 1003).reqid(7).ifId(3).add());
        machines.left(TestSa.outbound(NET, 1004).reqid(7).mark(new Mark(1, 1)).add());
        machines.left(TestSa.outbound(NET, 1005).reqid(8).acquireSeq(2).add());
        machines.left(new KernelChange.AddSa(
                fromElsewhere(TestSa.outbound(NET, 1006).reqid(7).build())));
        assertThat(acquires()).hasSize(1);

        machines.left(TestSa.outbound(NET, 1007).reqid(7).add());
        assertThat(acquires()).isEmpty();
    }

    private List<InstalledSa> acquires() throws KernelException {
        return machines.left.snapshot().sas().stream()
                .filter(sa -> sa.key().spi().value() == 0)
                .toList();
    }

    private static SecurityAssociation fromElsewhere(SecurityAssociation sa) {
        return new SecurityAssociation(
                sa.key(),
                NET.innerLocal(),
                sa.direction(),
                sa.mode(),
                sa.reqid(),
                sa.acquireSeq(),
                sa.algorithms(),
                sa.encapsulation(),
                sa.replayWindow(),
                sa.extendedSequenceNumbers(),
                sa.lifetimes(),
                sa.selector(),
                sa.ifId(),
                0,
                sa.flags());
    }

    /** These numbers in turn, then the last one for ever. */
    private MemoryKernel withNumbers(long... numbers) {
        var source = LongStream.concat(LongStream.of(numbers), LongStream.generate(() -> numbers[numbers.length - 1]))
                .iterator();
        RandomGenerator random = new RandomGenerator() {
            @Override
            public long nextLong() {
                return source.nextLong();
            }

            @Override
            public int nextInt(int bound) {
                return (int) nextLong();
            }
        };
        return new MemoryKernel(machines.clock, random, KernelOptions.DEFAULT, machines.network.host(NET.innerLocal()));
    }
}
