package org.ikebana.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelSnapshot;
import org.ikebana.ike.kernel.KernelSnapshot.InstalledSa;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.kernel.model.KernelOptions;
import org.ikebana.kernel.model.VirtualClock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random sequences of everything that can be done to a kernel, against plain maps of what should be there. */
class MemoryKernelPropertyTest {
    private static final TestNet NET = TestNet.IPV4;
    private static final Duration LARVAL = Duration.ofSeconds(30);
    private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("198.51.100.7");
    private static final int STEPS = 250;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theKernelHoldsWhatItWasGiven(long seed) throws Exception {
        Run run = new Run(seed);
        for (int step = 0; step < STEPS; step++) {
            try {
                run.step();
                run.check();
            } catch (AssertionError e) {
                throw new AssertionError("seed %d, step %d: %s".formatted(seed, step, e.getMessage()), e);
            }
        }
        run.end();
    }

    private static final class Run {
        private final Random random;
        private final VirtualClock clock = new VirtualClock();
        private final MemoryKernel kernel;
        private final Map<PolicyKey, Policy> policies = new HashMap<>();
        private final Map<SaKey, SecurityAssociation> sas = new HashMap<>();
        private final Map<SaKey, Instant> ends = new HashMap<>();
        private final List<Spi> reserved = new ArrayList<>();

        Run(long seed) {
            random = new Random(seed);
            MemoryNetwork network = new MemoryNetwork((packet, deliver) -> {});
            kernel = new MemoryKernel(
                    clock, random, KernelOptions.DEFAULT.withLarvalLifetime(LARVAL), network.host(NET.local()));
        }

        void step() throws KernelException {
            switch (random.nextInt(8)) {
                case 0 -> reserved.add(kernel.allocateSpi(NET.spiRequest(reqid())));
                case 1, 2 -> applyAll(List.of(change()));
                case 3 -> applyAll(List.of(change(), change(), change()));
                case 4 -> fail();
                case 5 -> checkOut(packet());
                case 6 -> checkIn(packet().reply());
                default -> pass(Duration.ofMillis(random.nextInt(20_000)));
            }
        }

        /** In the maps the update is made on copies, which count only if the kernel took it too. */
        private void applyAll(List<KernelChange> changes) {
            Map<PolicyKey, Policy> policiesAfter = new HashMap<>(policies);
            Map<SaKey, SecurityAssociation> sasAfter = new HashMap<>(sas);
            boolean expected = expect(changes, policiesAfter, sasAfter);
            assertThat(taken(changes)).as("taken: %s", changes).isEqualTo(expected);
            if (expected) {
                policies.clear();
                policies.putAll(policiesAfter);
                changes.forEach(this::keepEnd);
                sasAfter.forEach((key, sa) -> {
                    long seconds = sa.lifetimes().hardSeconds();
                    if (seconds > 0) {
                        ends.putIfAbsent(key, clock.now().plusSeconds(seconds));
                    }
                });
                sas.clear();
                sas.putAll(sasAfter);
                ends.keySet().retainAll(sas.keySet());
            }
        }

        private void keepEnd(KernelChange change) {
            if (change instanceof KernelChange.MoveSa move) {
                Instant end = ends.remove(move.key());
                if (end != null) {
                    ends.put(move.newKey(), end);
                }
            }
        }

        private static boolean expect(
                List<KernelChange> changes, Map<PolicyKey, Policy> policies, Map<SaKey, SecurityAssociation> sas) {
            List<SaKey> deletions = new ArrayList<>();
            for (KernelChange change : changes) {
                switch (change) {
                    case KernelChange.AddSa add -> {
                        if (sas.put(add.sa().key(), add.sa()) != null) {
                            return false;
                        }
                    }
                    case KernelChange.MoveSa move -> {
                        SecurityAssociation sa = sas.remove(move.key());
                        if (sa == null || sas.containsKey(move.newKey())) {
                            return false;
                        }
                        sas.put(
                                move.newKey(),
                                sa.between(move.newSource(), move.newDestination(), move.newEncapsulation()));
                    }
                    case KernelChange.DeleteSa delete -> deletions.add(delete.key());
                    case KernelChange.PutPolicy put -> policies.put(put.policy().key(), put.policy());
                    case KernelChange.DeletePolicy delete -> policies.remove(delete.key());
                }
            }
            deletions.forEach(sas::remove);
            return true;
        }

        private void fail() {
            List<KernelChange> changes = new ArrayList<>(List.of(change(), change(), change()));
            changes.add(
                    random.nextInt(4),
                    TestPolicy.tunnel(NET, 9).tooManyTemplates().put());
            changes.add(change());
            assertThat(taken(changes)).isFalse();
        }

        private boolean taken(List<KernelChange> changes) {
            try {
                kernel.apply(new KernelUpdate(changes));
                return true;
            } catch (KernelException refusal) {
                return false;
            }
        }

        private KernelChange change() {
            return switch (random.nextInt(7)) {
                case 6 -> move();
                case 0 -> outbound().add();
                case 1 -> outbound().delete();
                case 2 -> inbound().add();
                case 3 -> inbound().delete();
                case 4 -> policy().delete();
                default -> policy().put();
            };
        }

        /** To and fro; now and then of an SA that is not there. */
        private KernelChange move() {
            List<SaKey> keys = new ArrayList<>(sas.keySet());
            keys.sort(Comparator.comparing(SaKey::toString));
            keys.add(new SaKey(NET.peer(), new Spi(77), SaProtocol.ESP, Mark.NONE));
            SaKey key = keys.get(random.nextInt(keys.size()));
            boolean out = !key.destination().equals(NET.local());
            InetAddress other = random.nextBoolean() ? NET.peer() : ELSEWHERE;
            Optional<Encapsulation> ports = random.nextBoolean()
                    ? Optional.of(new Encapsulation(4500, 1 + random.nextInt(9)))
                    : Optional.empty();
            return out
                    ? new KernelChange.MoveSa(key, NET.local(), other, ports)
                    : new KernelChange.MoveSa(key, other, NET.local(), ports);
        }

        private TestSa outbound() {
            return lasting(TestSa.outbound(NET, 1000 + random.nextInt(6)).reqid(reqid()));
        }

        private TestSa inbound() {
            boolean fresh = reserved.isEmpty() || random.nextInt(3) == 0;
            Spi spi = fresh ? new Spi(2000 + random.nextInt(3)) : reserved.get(random.nextInt(reserved.size()));
            return lasting(TestSa.inbound(NET, spi).reqid(reqid()));
        }

        private TestSa lasting(TestSa sa) {
            int seconds = random.nextInt(60);
            return seconds > 30 ? sa : sa.lifetimes(new Lifetimes(seconds / 2, 1 + seconds, 0, 0, 0, 0));
        }

        private TestPolicy policy() {
            TestPolicy policy = switch (random.nextInt(4)) {
                case 0 -> TestPolicy.pass(NET);
                case 1 -> TestPolicy.block(NET);
                default -> TestPolicy.tunnel(NET, reqid());
            };
            return policy.priority(random.nextInt(Integer.MAX_VALUE)).udpTo(PortMatch.exactly(port()));
        }

        private IpPacket.Clear packet() {
            return IpPacket.Clear.udp(NET.innerLocal(), 4000, NET.innerPeer(), port());
        }

        private void checkOut(IpPacket.Clear packet) {
            Optional<Policy> met = policies.values().stream()
                    .filter(p -> p.key().selector().destinationPort().port() == packet.destinationPort())
                    .min(Comparator.comparingInt(Policy::priority));
            OutboundVerdict verdict = kernel.packetOut(packet);
            if (met.isEmpty()) {
                assertThat(verdict).isEqualTo(new OutboundVerdict.Passed(packet));
            } else if (met.get().action() == Policy.Action.BLOCK) {
                assertThat(verdict)
                        .isEqualTo(new OutboundVerdict.Blocked(met.get().key()));
            } else if (met.get().templates().isEmpty()) {
                assertThat(verdict).isEqualTo(new OutboundVerdict.Passed(packet));
            } else {
                checkProtection(verdict, met.get().templates().getFirst().reqid());
            }
        }

        private void checkProtection(OutboundVerdict verdict, int reqid) {
            boolean hasSa = sas.values().stream()
                    .anyMatch(
                            sa -> sa.reqid() == reqid && sa.key().destination().equals(NET.peer()));
            if (hasSa) {
                assertThat(verdict).isInstanceOfSatisfying(OutboundVerdict.Protected.class, wrapped -> {
                    SaKey key = TestSa.outbound(NET, wrapped.packet().spi().value())
                            .build()
                            .key();
                    assertThat(sas).containsKey(key);
                    assertThat(sas.get(key))
                            .extracting(SecurityAssociation::reqid)
                            .isEqualTo(reqid);
                });
            } else {
                assertThat(verdict)
                        .isInstanceOfSatisfying(
                                OutboundVerdict.Held.class,
                                held -> assertThat(held.reqid()).isEqualTo(reqid));
            }
        }

        /** All policies of this test are outbound ones. */
        private void checkIn(IpPacket.Clear packet) {
            assertThat(kernel.packetIn(packet)).isEqualTo(new InboundVerdict.Accepted(packet));
        }

        private void pass(Duration time) {
            clock.advance(time);
            ends.values().removeIf(end -> !end.isAfter(clock.now()));
            sas.entrySet()
                    .removeIf(entry ->
                            entry.getValue().lifetimes().hardSeconds() > 0 && !ends.containsKey(entry.getKey()));
        }

        void check() throws KernelException {
            clock.advance(Duration.ZERO);
            KernelSnapshot snapshot = kernel.snapshot();
            assertThat(snapshot.policies()).containsExactlyInAnyOrderElementsOf(policies.values());
            Map<Boolean, List<InstalledSa>> byLarval =
                    snapshot.sas().stream().collect(Collectors.partitioningBy(InstalledSa::larval));
            List<InstalledSa> complete = byLarval.getOrDefault(false, List.of());
            List<InstalledSa> larval = byLarval.getOrDefault(true, List.of());
            assertThat(complete).extracting(InstalledSa::key).containsExactlyInAnyOrderElementsOf(sas.keySet());
            assertThat(larval)
                    .allSatisfy(
                            sa -> assertThat(sa.usage().added().plus(LARVAL)).isAfter(clock.now()));
            assertThat(clock.waiting())
                    .as("timers")
                    .isBetween(larval.size() + ends.size(), larval.size() + 2 * ends.size());
            assertThat(kernel.installedSas())
                    .hasSameSizeAs(complete)
                    .allSatisfy(sa -> assertThat(sa.algorithms().encryptionKey().bytes())
                            .containsOnly((byte) sa.key().spi().value()));
        }

        void end() throws KernelException {
            kernel.flush();
            assertThat(clock.waiting()).isZero();
            assertThat(kernel.snapshot()).isEqualTo(new KernelSnapshot(List.of(), List.of()));
        }

        private int reqid() {
            return 1 + random.nextInt(3);
        }

        private int port() {
            return 5000 + random.nextInt(4);
        }
    }
}
