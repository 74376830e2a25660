package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.ikebana.ike.event.ChildSaName;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.sa.ChildSa;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.kernel.model.Errno;
import org.ikebana.kernel.model.VirtualClock;
import org.junit.jupiter.api.Test;

/** Each thing that a simulation sees to, broken on purpose: the simulation says so. */
class InvariantsTest {
    private static void fails(String message, Consumer<Simulation> sabotage) throws Exception {
        QuietSimulation.standard().fails(message, sabotage);
    }

    @Test
    void nothingFailsThatIsNotBroken() throws Exception {
        assertThatCode(QuietSimulation.standard().create()::run).doesNotThrowAnyException();
    }

    @Test
    void aPacketThatLeavesInClear() throws Exception {
        fails("west let a packet of net0 out in clear", s -> Sabotage.removePolicies(s.west(), Direction.OUT));
    }

    @Test
    void aPacketThatIsTakenInClear() throws Exception {
        fails("west took a packet in clear for net0", s -> {
            Sabotage.removePolicies(s.west(), Direction.FORWARD);
            s.traffic().inject(0, true);
        });
    }

    @Test
    void aKeyForTwoSas() throws Exception {
        fails("one key for two SAs", s -> {
            SecurityAssociation sa = Sabotage.outbound(s.west());
            Sabotage.apply(
                    s.west().host().orElseThrow().kernel(),
                    new KernelChange.AddSa(Sabotage.copy(sa, Sabotage.OTHER_SPI, UnaryOperator.identity())));
        });
    }

    @Test
    void twoOutboundSasThatStay() throws Exception {
        fails("west has two outbound SAs for the reqid", s -> {
            SecurityAssociation sa = Sabotage.outbound(s.west());
            Sabotage.apply(
                    s.west().kernel(),
                    new KernelChange.AddSa(Sabotage.copy(sa, Sabotage.OTHER_SPI, Sabotage::otherKey)));
        });
    }

    /** As if the rekey had left the SA before it. */
    @Test
    void twoOutboundSasAfterARekey() throws Exception {
        fails(
                "has two outbound SAs for the reqid 65536 after the rekey of net0{1}",
                s -> {
                    SecurityAssociation sa = Sabotage.outbound(s.west());
                    Supervision supervision = new Supervision(
                            s.west(), new VirtualClock(), new KeyLedger(), s.traffic(), 1, new SplittableRandom(1));
                    supervision.changed(KernelUpdate.of(new KernelChange.DeleteSa(sa.key(), sa.source())));
                    KernelChange fresh =
                            new KernelChange.AddSa(Sabotage.copy(sa, Sabotage.OTHER_SPI, Sabotage::otherKey));
                    Sabotage.apply(s.west().kernel(), fresh);
                    supervision.changed(KernelUpdate.of(fresh));
                    IkeSa ikeSa = s.west().host().orElseThrow().ikeSa();
                    ChildSa child = ikeSa.childSas().getFirst();
                    supervision.happened(new IkeEvent.ChildSaRekeyed(
                            ikeSa.name(),
                            child.name(),
                            new ChildSaName("net0", 2),
                            child.inbound().spi(),
                            child.outbound().spi(),
                            child.reqid(),
                            child.suite()));
                });
    }

    @Test
    void morePoliciesThanAnythingShouldNeed() throws Exception {
        fails("policies in its kernel", s -> Sabotage.addForeignPolicies(s.west(), 120));
    }

    @Test
    void moreReservationsThanAnythingShouldNeed() throws Exception {
        fails("SAs in its kernel", s -> {
            for (int i = 0; i < 120; i++) {
                Sabotage.reserve(s.east());
            }
        });
    }

    @Test
    void moreSasThanAnythingShouldNeed() throws Exception {
        fails("SAs in its kernel", s -> Sabotage.addForeign(s.west(), 120));
    }

    @Test
    void packetsThatDoNotArrive() throws Exception {
        fails("no packet of net0 arrives from west any more", s -> s.traffic().part(true));
    }

    @Test
    void tooManyIkeSas() throws Exception {
        fails("east has 61 IKE SAs", s -> Sabotage.begin(s, 60));
    }

    @Test
    void tooManyHalfOpenIkeSas() throws Exception {
        fails("east has 45 half-open IKE SAs", s -> Sabotage.begin(s, 45));
    }

    @Test
    void tooManyTimers() throws Exception {
        fails("timers are running", s -> {
            for (int i = 0; i < 1000; i++) {
                s.later(Duration.ofHours(1), () -> {});
            }
        });
    }

    @Test
    void aTimerThatIsLeft() throws Exception {
        fails("timers are left", s -> s.later(Duration.ofDays(1), () -> {}));
    }

    /** The SAs are not deleted before the end, and then refused again and again. */
    @Test
    void anSaThatIsLeftAtTheEnd() throws Exception {
        fails("west has left something behind", s -> {
            for (int i = 0; i < 1000; i++) {
                s.west().kernel().faults().refuse(KernelChange.DeleteSa.class::isInstance, Errno.ENOMEM);
            }
        });
    }
}
