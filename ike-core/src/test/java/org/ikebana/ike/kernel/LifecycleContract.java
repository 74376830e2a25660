package org.ikebana.ike.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.ikebana.ike.kernel.KernelEvent.Acquire;
import org.ikebana.ike.kernel.KernelEvent.AddressChanged;
import org.ikebana.ike.kernel.KernelSnapshot.InstalledSa;
import org.junit.jupiter.api.Test;

/** Listeners, several threads, and the end. */
public interface LifecycleContract extends KernelContract {
    @Test
    default void capabilitiesAreTold() {
        KernelCapabilities capabilities = backend().capabilities();

        assertThat(capabilities.description()).isNotBlank();
        assertThat(capabilities.espReason().isEmpty()).isEqualTo(capabilities.esp());
    }

    @Test
    default void aListenerReplacesTheOneBefore() throws Exception {
        TestNet net = TestNet.IPV4;
        EventLog first = EventLog.of(bench());
        EventLog second = EventLog.of(bench());
        apply(TestPolicy.tunnel(net, 7).put());

        bench().leave(TestPacket.udp(net, 5000));

        second.first(Acquire.class);
        // While it was the one that listens, interfaces may still have been coming up.
        assertThat(first.all(KernelEvent.class)).allMatch(AddressChanged.class::isInstance);
    }

    @Test
    default void eventsBeforeTheFirstListenerAreDropped() throws Exception {
        TestNet net = TestNet.IPV4;
        apply(TestPolicy.tunnel(net, 7).put());
        bench().leave(TestPacket.udp(net, 5000));
        bench().advance(Duration.ofSeconds(3)); // until it has been dropped, on a busy machine too

        EventLog events = EventLog.of(bench());
        events.fence();

        assertThat(events.all(Acquire.class)).isEmpty();
    }

    @Test
    default void closeLeavesEverythingInPlace() throws Exception {
        TestNet net = TestNet.IPV4;
        Policy policy = TestPolicy.tunnel(net, 7).build();
        apply(new KernelChange.PutPolicy(policy));
        boolean esp = backend().capabilities().esp();
        if (esp) {
            apply(TestSa.outbound(net, 1001).add());
        }

        backend().close();

        KernelSnapshot after = bench().reopen().snapshot();
        assertThat(after.policies()).containsExactly(policy);
        assertThat(after.sas()).filteredOn(sa -> !sa.larval()).hasSize(esp ? 1 : 0);
    }

    @Test
    default void afterCloseThereIsSilence() throws Exception {
        TestNet net = TestNet.IPV4;
        EventLog events = EventLog.of(bench());
        apply(TestPolicy.tunnel(net, 7).put());

        backend().close();
        backend().close();
        List<KernelEvent> before = events.all(KernelEvent.class);
        bench().leave(TestPacket.udp(net, 5000));
        bench().advance(Duration.ofMillis(200));

        assertThat(events.all(KernelEvent.class)).isEqualTo(before);
        assertThat(events.all(Acquire.class)).isEmpty();
    }

    @Test
    default void aClosedBackendRefuses() {
        KernelBackend backend = backend();
        backend.close();
        SaKey key = new SaKey(TestNet.IPV4.local(), new Spi(1001), SaProtocol.ESP, Mark.NONE);

        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> backend.allocateSpi(TestNet.IPV4.spiRequest(1)));
        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> backend.apply(
                        KernelUpdate.of(TestPolicy.tunnel(TestNet.IPV4, 7).put())));
        assertThatExceptionOfType(KernelException.class).isThrownBy(() -> backend.usage(key));
        assertThatExceptionOfType(KernelException.class).isThrownBy(backend::snapshot);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> backend.openTransport(new TransportConfig(0, 0), datagram -> {}));
    }

    @Test
    default void severalThreadsWorkAtOnce() throws Exception {
        int threads = 4;
        int rounds = 25;
        Set<Spi> spis = ConcurrentHashMap.newKeySet();
        List<Callable<Boolean>> workers = new ArrayList<>();
        for (int worker = 0; worker < threads; worker++) {
            int number = worker;
            workers.add(() -> work(number, rounds, spis));
        }

        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (Future<Boolean> done : executor.invokeAll(workers, 60, TimeUnit.SECONDS)) {
                assertThat(done.get()).isTrue();
            }
        }

        assertThat(spis).hasSize(threads * rounds);
        assertThat(policies()).hasSize(threads * rounds);
        int expected = backend().capabilities().esp() ? threads * rounds : 0;
        assertThat(completeSas()).hasSize(expected).extracting(InstalledSa::key).doesNotHaveDuplicates();
    }

    private boolean work(int worker, int rounds, Set<Spi> spis) throws KernelException {
        TestNet net = worker % 2 == 0 ? TestNet.IPV4 : TestNet.IPV6;
        boolean esp = backend().capabilities().esp();
        for (int round = 0; round < rounds; round++) {
            int number = 1 + worker * rounds + round;
            Spi spi = backend().allocateSpi(net.spiRequest(number));
            spis.add(spi);
            TestPolicy policy = TestPolicy.tunnel(net, number).udpTo(PortMatch.exactly(number));
            TestPolicy other = TestPolicy.tunnel(net, number).udpTo(PortMatch.exactly(10_000 + number));
            apply(policy.put(), other.put());
            if (esp) {
                apply(TestSa.inbound(net, spi).reqid(number).add());
            }
            backend().snapshot();
            refused(EINVAL, other.tooManyTemplates().build().key().toString(), policy.delete(), other.put());
            apply(TestPolicy.tunnel(net, number)
                    .udpTo(PortMatch.exactly(10_000 + number))
                    .delete());
        }
        return true;
    }
}
