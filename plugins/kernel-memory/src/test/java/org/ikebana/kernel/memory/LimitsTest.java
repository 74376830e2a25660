package org.ikebana.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.ikebana.kernel.memory.TwoMachines.NET;

import java.time.Duration;
import java.util.Collections;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.KernelEvent.EventsLost;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.kernel.model.EventQueue;
import org.ikebana.kernel.model.KernelOptions;
import org.junit.jupiter.api.Test;

/** Everything that grows has an end. */
class LimitsTest {
    private final TwoMachines machines = new TwoMachines(KernelOptions.DEFAULT.withMaximum(2, 2));

    @Test
    void sas() throws Exception {
        Spi spi = machines.left.allocateSpi(NET.spiRequest(1));
        machines.left(TestSa.outbound(NET, 1001).add());

        refusedForMemory(() -> machines.left.allocateSpi(NET.spiRequest(1)));
        refusedForMemory(() -> machines.left(TestSa.outbound(NET, 1002).add()));
        machines.left(TestSa.inbound(NET, spi).add());

        assertThat(machines.left.snapshot().sas()).hasSize(2);
    }

    @Test
    void policies() throws Exception {
        machines.left(policy(1).put(), policy(2).put());

        refusedForMemory(() -> machines.left(policy(3).put()));
        machines.left(policy(2).priority(7).put());

        assertThat(machines.left.snapshot().policies()).hasSize(2);
    }

    @Test
    void eventsThatNobodyFetches() {
        for (int i = 0; i < EventQueue.CAPACITY + 10; i++) {
            machines.left.changeAddresses();
        }

        machines.settle();

        assertThat(machines.leftEvents).hasSize(EventQueue.CAPACITY + 1);
        assertThat(machines.leftEvents.getLast()).isEqualTo(new EventsLost());
        assertThat(Collections.frequency(machines.leftEvents, new EventsLost())).isEqualTo(1);
        machines.left.changeAddresses();
        machines.settle();
        assertThat(machines.leftEvents.getLast()).isEqualTo(new KernelEvent.AddressChanged());
    }

    @Test
    void timersGoWithTheirSas() throws Exception {
        machines.left.allocateSpi(NET.spiRequest(1));
        TestSa sa = TestSa.outbound(NET, 1001).lifetimes(new Lifetimes(100, 200, 0, 0, 0, 0));
        machines.left(sa.add());
        assertThat(machines.clock.waiting()).isEqualTo(3);

        machines.left(sa.delete());
        assertThat(machines.clock.waiting()).isEqualTo(1);

        machines.left.flush();
        assertThat(machines.clock.waiting()).isZero();
        assertThat(machines.left.snapshot().sas()).isEmpty();
    }

    @Test
    void aLifetimeBeyondAllMeasureIsNone() throws Exception {
        machines.left(TestSa.outbound(NET, 1001)
                .lifetimes(new Lifetimes(Long.MAX_VALUE, Long.MAX_VALUE, 0, 0, 0, 0))
                .add());

        machines.clock.advance(Duration.ofDays(1000));

        assertThat(machines.left.snapshot().sas()).hasSize(1);
        assertThat(machines.leftEvents).isEmpty();
    }

    private static TestPolicy policy(int port) {
        return TestPolicy.tunnel(NET, 1).udpTo(PortMatch.exactly(port));
    }

    private static void refusedForMemory(ThrowingCallable call) {
        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(call)
                .withMessageContaining("Cannot allocate memory")
                .satisfies(refusal -> assertThat(refusal.errno()).isEqualTo(12));
    }
}
