package org.ikebana.kernel.tun;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.kernel.tun.plane.Drop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What changes between a packet's look for an SA and its wait for one does not leave it waiting forever. */
class OvertakenPacketTest {
    private static final TestNet NET = TestNet.IPV4;
    private static final byte[] PACKET = Packets.of(NET.innerLocal(), NET.innerPeer(), 17, 4000, 5000, 100);

    private final TwoKernels kernels = new TwoKernels();
    private final Tunnel tunnel = new Tunnel(NET, NET);
    private final List<KernelEvent> events = new ArrayList<>();

    @BeforeEach
    void trap() throws Exception {
        kernels.left.backend.listen(events::add);
        tunnel.policies(kernels);
    }

    @AfterEach
    void close() {
        kernels.close();
    }

    @Test
    void anSaThatComesMeanwhileTakesThePacket() throws Exception {
        overtake(() -> tunnel.sas(kernels));

        kernels.settle();

        assertThat(kernels.right.device.tryTake())
                .hasValueSatisfying(p -> assertThat(p).isEqualTo(PACKET));
        kernels.clock.advance(Duration.ZERO);
        assertThat(events).as("ACQUIREs of a tunnel that is up").isEmpty();
    }

    @Test
    void aPolicyThatGoesMeanwhileTakesThePacketAlong() throws Exception {
        overtake(() -> kernels.left.backend.apply(new KernelUpdate(policies().stream()
                .<KernelChange>map(policy -> new KernelChange.DeletePolicy(policy.key()))
                .toList())));

        kernels.settle();

        assertThat(kernels.left.kernel.counters().drops(Drop.OUT_NO_POLICY)).isEqualTo(1);
        tunnel.install(kernels);
        kernels.settle();
        assertThat(kernels.right.device.tryTake()).isEmpty();
    }

    @Test
    void aPolicyThatIsReplacedMeanwhileDecidesAnew() throws Exception {
        overtake(() -> kernels.left.backend.apply(new KernelUpdate(policies().stream()
                .<KernelChange>map(policy -> new KernelChange.PutPolicy(
                        new Policy(policy.key(), policy.priority(), Policy.Action.BLOCK, List.of())))
                .toList())));

        kernels.settle();

        assertThat(kernels.left.kernel.counters().drops(Drop.OUT_POLICY_BLOCK)).isEqualTo(1);
    }

    private List<Policy> policies() {
        return kernels.left.kernel.model().snapshot().policies();
    }

    /** A packet looks for its SA, finds none, and while it is about to ask for one this happens. */
    private void overtake(Change change) throws Exception {
        kernels.left.device.inject(PACKET);
        FutureTask<Boolean> work = new FutureTask<>(
                () -> kernels.left.kernel.workers().outbound().getFirst().work());
        Thread worker = Thread.ofPlatform().name("overtaken").unstarted(work);
        kernels.left.kernel.model().locked((state, acquires) -> {
            worker.start();
            awaitBlocked(worker);
            change.run();
            return true;
        });
        assertThat(work.get(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void awaitBlocked(Thread worker) {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (worker.getState() != Thread.State.BLOCKED) {
            assertThat(System.nanoTime())
                    .as("time for the worker to come to the lock")
                    .isLessThan(limit);
            Thread.onSpinWait();
        }
    }

    /** What a key manager does. */
    @FunctionalInterface
    private interface Change {
        void make() throws Exception;

        default void run() {
            try {
                make();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}
