package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.event.ChildSaName;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.sa.ChildSa;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.memory.IpPacket;
import org.ikebana.kernel.model.Errno;
import org.ikebana.kernel.model.VirtualClock;
import org.junit.jupiter.api.Test;

/** Each thing that a simulation sees to, broken on purpose: the simulation says so. */
class InvariantsTest {
    private static final Duration IN_THE_MIDDLE = Duration.ofSeconds(40);
    private static final int OTHER_SPI = 0x0bad_0001;
    private static final int FOREIGN_REQID = 7;

    /** Without a storm, rekeys or anything else that could mend what is broken. */
    private static Simulation quiet() throws Exception {
        Site west = proposing(TwoPeers.westSite().starting(StartAction.START), true);
        Site east = proposing(TwoPeers.eastSite(), false)
                .with(c -> c.remoteAddresses(List.of(new AddressSpec.Exact(Scenario.WEST), new AddressSpec.Any())));
        return new Simulation(new Scenario(
                1,
                1,
                IkeSettings.DEFAULT.changed().cookieThreshold(0).build(),
                Duration.ofSeconds(10),
                Duration.ofDays(1),
                Duration.ofMillis(500),
                false,
                false,
                false,
                west.connection(west.child("net0", "10.1.0.0/24", "10.2.0.0/24")),
                east.connection(east.child("net0", "10.2.0.0/24", "10.1.0.0/24"))));
    }

    private static Site proposing(Site site, boolean west) {
        Suites suites = Suites.of(1, west);
        return site.with(c -> c.proposals(suites.ike())).withChild(c -> c.proposals(suites.esp()));
    }

    private static void fails(String message, Consumer<Simulation> sabotage) throws Exception {
        Simulation simulation = quiet();
        simulation.later(IN_THE_MIDDLE, () -> sabotage.accept(simulation));
        assertThatThrownBy(simulation::run).isInstanceOf(AssertionError.class).hasMessageContaining(message);
    }

    @Test
    void nothingFailsThatIsNotBroken() throws Exception {
        assertThatCode(quiet()::run).doesNotThrowAnyException();
    }

    @Test
    void aPacketThatLeavesInClear() throws Exception {
        fails("west let a packet of net0 out in clear", s -> removePolicies(s.west(), Direction.OUT));
    }

    @Test
    void aPacketThatIsTakenInClear() throws Exception {
        fails("west took a packet in clear for net0", s -> {
            removePolicies(s.west(), Direction.FORWARD);
            s.traffic().inject(0, true);
        });
    }

    @Test
    void aKeyForTwoSas() throws Exception {
        fails("one key for two SAs", s -> {
            SecurityAssociation sa = outbound(s.west());
            apply(
                    s.west().host().orElseThrow().kernel(),
                    new KernelChange.AddSa(copy(sa, OTHER_SPI, UnaryOperator.identity())));
        });
    }

    @Test
    void twoOutboundSasThatStay() throws Exception {
        fails("west has two outbound SAs for the reqid", s -> {
            SecurityAssociation sa = outbound(s.west());
            apply(s.west().kernel(), new KernelChange.AddSa(copy(sa, OTHER_SPI, InvariantsTest::otherKey)));
        });
    }

    /** As if the rekey had left the SA before it. */
    @Test
    void twoOutboundSasAfterARekey() throws Exception {
        fails(
                "has two outbound SAs for the reqid 65536 after the rekey of net0{1}",
                s -> {
                    SecurityAssociation sa = outbound(s.west());
                    Supervision supervision = new Supervision(
                            s.west(), new VirtualClock(), new KeyLedger(), s.traffic(), 1, new SplittableRandom(1));
                    supervision.changed(KernelUpdate.of(new KernelChange.DeleteSa(sa.key(), sa.source())));
                    KernelChange fresh = new KernelChange.AddSa(copy(sa, OTHER_SPI, InvariantsTest::otherKey));
                    apply(s.west().kernel(), fresh);
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
    void otherKeysAtTheOtherEnd() throws Exception {
        fails("the two have different SAs", s -> {
            SecurityAssociation sa = outbound(s.east());
            SecurityAssociation changed = copy(sa, sa.key().spi().value(), InvariantsTest::otherKey);
            apply(s.east().kernel(), new KernelChange.DeleteSa(sa.key(), sa.source()));
            apply(s.east().kernel(), new KernelChange.AddSa(changed));
        });
    }

    @Test
    void anSaThatNobodyOwns() throws Exception {
        fails("west has 3 SAs in the kernel", s -> addForeign(s.west(), 1));
    }

    @Test
    void moreSasThanAnythingShouldNeed() throws Exception {
        fails("SAs in its kernel", s -> addForeign(s.west(), 120));
    }

    @Test
    void aTunnelThatDoesNotComeBack() throws Exception {
        fails("west has 0 pairs of SAs, not 1", s -> {
            s.network().lose(datagram -> true);
            s.west().terminate();
        });
    }

    @Test
    void packetsThatDoNotArrive() throws Exception {
        fails("no packet of net0 arrives from west any more", s -> s.traffic().part(true));
    }

    @Test
    void tooManyIkeSas() throws Exception {
        fails("east has 61 IKE SAs", s -> begin(s, 60));
    }

    @Test
    void tooManyHalfOpenIkeSas() throws Exception {
        fails("east has 40 half-open IKE SAs", s -> begin(s, 40));
    }

    /** Somebody without a secret, from many addresses. */
    private static void begin(Simulation simulation, int times) {
        Datagram init = simulation.network().sent().getFirst();
        for (int i = 0; i < times; i++) {
            byte[] message = init.payload().clone();
            ByteBuffer.wrap(message).putLong(i + 1);
            InetAddress from = InetAddress.ofLiteral("203.0.113." + (i + 1));
            simulation.network().deliver(new Datagram(new InetSocketAddress(from, 500), init.remote(), message));
        }
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

    /** The first SA that is deleted is deleted at the end. */
    @Test
    void anSaThatIsLeftAtTheEnd() throws Exception {
        fails(
                "west has left something behind",
                s -> s.west().kernel().faults().refuse(KernelChange.DeleteSa.class::isInstance, Errno.ENOMEM));
    }

    @Test
    void aSequenceNumberThatIsSentTwice() {
        KeyLedger ledger = new KeyLedger();
        ledger.sent(packet(1));
        ledger.sent(packet(2));
        assertThatThrownBy(() -> ledger.sent(packet(2)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("sequence number 2");
        assertThatThrownBy(() -> ledger.sent(packet(1))).isInstanceOf(AssertionError.class);
    }

    @Test
    void aPacketThatIsTakenTwice() {
        KeyLedger ledger = new KeyLedger();
        ledger.accepted(packet(1));
        assertThatThrownBy(() -> ledger.accepted(packet(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("was accepted twice");
    }

    private static IpPacket.Wrapped packet(long sequence) {
        IpPacket.Clear inner =
                IpPacket.Clear.udp(InetAddress.ofLiteral("10.1.0.5"), 4000, InetAddress.ofLiteral("10.2.0.5"), 4000);
        return new IpPacket.Wrapped(
                Scenario.WEST,
                Scenario.EAST,
                SaProtocol.ESP,
                new Spi(OTHER_SPI),
                SaMode.TUNNEL,
                Optional.empty(),
                sequence,
                Octets.ofInt(1),
                inner,
                0);
    }

    private static void removePolicies(Machine machine, Direction direction) {
        try {
            for (Policy policy : machine.kernel().snapshot().policies()) {
                if (policy.key().direction() == direction) {
                    apply(machine.kernel(), new KernelChange.DeletePolicy(policy.key()));
                }
            }
        } catch (KernelException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void addForeign(Machine machine, int count) {
        SecurityAssociation sa = outbound(machine);
        for (int i = 0; i < count; i++) {
            apply(
                    machine.kernel(),
                    new KernelChange.AddSa(copy(sa, OTHER_SPI + i, InvariantsTest::otherKey, FOREIGN_REQID + i)));
        }
    }

    private static SecurityAssociation copy(SecurityAssociation sa, int spi, UnaryOperator<Secret> key) {
        return copy(sa, spi, key, sa.reqid());
    }

    private static SecurityAssociation copy(SecurityAssociation sa, int spi, UnaryOperator<Secret> key, int reqid) {
        SaAlgorithms algorithms = new SaAlgorithms(
                sa.algorithms().encryption(),
                key.apply(sa.algorithms().encryptionKey()),
                sa.algorithms().integrity());
        return new SecurityAssociation(
                new SaKey(
                        sa.key().destination(),
                        new Spi(spi),
                        sa.key().protocol(),
                        sa.key().mark()),
                sa.source(),
                sa.direction(),
                sa.mode(),
                reqid,
                0,
                algorithms,
                sa.encapsulation(),
                sa.replayWindow(),
                sa.extendedSequenceNumbers(),
                sa.lifetimes(),
                sa.selector(),
                sa.ifId(),
                sa.tfcPadding(),
                sa.flags());
    }

    private static Secret otherKey(Secret key) {
        byte[] other = key.bytes().clone();
        other[0] ^= 1;
        return Secret.wrap(other);
    }

    private static void apply(KernelBackend kernel, KernelChange change) {
        try {
            kernel.apply(KernelUpdate.of(change));
        } catch (KernelException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SecurityAssociation outbound(Machine machine) {
        return machine.kernel().installedSas().stream()
                .filter(sa -> sa.direction() == Direction.OUT)
                .findFirst()
                .orElseThrow();
    }
}
