package org.ikebana.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.ikebana.kernel.memory.TwoMachines.NET;
import static org.ikebana.kernel.memory.TwoMachines.packet;
import static org.ikebana.kernel.memory.TwoMachines.tunnel;

import java.util.ArrayList;
import java.util.List;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.kernel.model.Errno;
import org.ikebana.kernel.model.KernelFaults;
import org.junit.jupiter.api.Test;

class KernelFaultsTest {
    private final TwoMachines machines = new TwoMachines();
    private final KernelFaults faults = machines.left.faults();

    @Test
    void aChangeIsRefusedOnce() throws Exception {
        faults.refuse(KernelChange.PutPolicy.class::isInstance, Errno.ENOBUFS);

        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() ->
                        machines.left(tunnel().add(), TestPolicy.tunnel(NET, 1).put()))
                .satisfies(refusal -> {
                    assertThat(refusal.errno()).isEqualTo(105);
                    assertThat(refusal.element()).isEqualTo("out policy 10.1.0.0/16 to 10.2.0.0/16");
                });
        assertThat(machines.left.snapshot().sas()).isEmpty();

        machines.left(tunnel().add(), TestPolicy.tunnel(NET, 1).put());
        assertThat(machines.left.snapshot().sas()).hasSize(1);
    }

    @Test
    void aDeletionIsRefused() throws Exception {
        TestSa other = TestSa.outbound(NET, 1001);
        machines.left(tunnel().add(), other.add());
        faults.refuse(KernelChange.DeleteSa.class::isInstance, Errno.EPERM);

        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> machines.left(tunnel().delete(), other.delete()))
                .withMessageContaining("Operation not permitted");

        assertThat(machines.left.snapshot().sas()).hasSize(2);
    }

    @Test
    void anSpiIsRefusedOnce() throws Exception {
        faults.refuseSpi(Errno.ENOMEM);

        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> machines.left.allocateSpi(NET.spiRequest(1)))
                .withMessageStartingWith("ESP SPI of 192.0.2.1: Cannot allocate memory");

        assertThat(machines.left.allocateSpi(NET.spiRequest(1)).value()).isNegative();
    }

    @Test
    void eventsAreLostAndThatIsTold() throws Exception {
        List<KernelEvent> others = new ArrayList<>();
        machines.left.reopen().listen(others::add);
        machines.left(TestPolicy.tunnel(NET, 1).put());
        faults.loseEvents(2);

        machines.left.packetOut(packet());
        machines.left.changeAddresses();
        machines.left.changeAddresses();
        machines.settle();

        assertThat(machines.leftEvents)
                .containsExactly(new KernelEvent.EventsLost(), new KernelEvent.AddressChanged())
                .isEqualTo(others);
        assertThat(machines.left.snapshot().sas())
                .as("the ACQUIRE is open although nobody heard of it")
                .hasSize(1);
    }

    @Test
    void aListenerMayCallBackAndClose() throws Exception {
        List<KernelEvent> heard = new ArrayList<>();
        machines.left.listen(event -> {
            heard.add(event);
            machines.left.close();
        });
        machines.left.changeAddresses();
        machines.left.changeAddresses();

        machines.settle();

        assertThat(heard).hasSize(1);
    }
}
