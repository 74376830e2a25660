package org.ikebana.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.IkeTransport;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelBackendProvider;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TransportConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The backend as a daemon gets it: real time, real sockets. */
class MemoryKernelProviderTest {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    private final KernelBackendProvider provider = ServiceLoader.load(KernelBackendProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.name().equals("memory"))
            .findFirst()
            .orElseThrow();

    @Test
    void twoDaemonsTalkOverLoopback() throws Exception {
        BlockingQueue<Datagram> received = new ArrayBlockingQueue<>(10);
        byte[] message = {1, 2, 3, 4, 5};
        try (KernelBackend one = provider.open(Map.of("bind", "127.0.0.1"));
                KernelBackend other = provider.open(Map.of("bind", "127.0.0.1, ::1"));
                IkeTransport from = one.openTransport(new TransportConfig(0, 0), received::add);
                IkeTransport to = other.openTransport(new TransportConfig(0, 0), received::add)) {
            InetSocketAddress source = new InetSocketAddress(from.localAddressFor(HERE), from.natPort());
            InetSocketAddress destination = new InetSocketAddress(HERE, to.natPort());
            from.sendNatKeepalive(source, destination);
            from.send(new Datagram(source, destination, message));

            Datagram arrived = received.poll(10, TimeUnit.SECONDS);
            assertThat(arrived).isNotNull();
            assertThat(arrived.remote()).isEqualTo(source);
            assertThat(arrived.local()).isEqualTo(destination);
            assertThat(arrived.payload()).isEqualTo(message);

            InetAddress six = InetAddress.ofLiteral("::1");
            assertThat(to.localAddressFor(six)).isEqualTo(six);
            assertThatIOException().isThrownBy(() -> from.localAddressFor(six)).withMessageContaining("family");
            assertThatIOException()
                    .isThrownBy(() -> from.send(new Datagram(new InetSocketAddress(HERE, 9), destination, message)))
                    .withMessageContaining("Cannot send from");
            assertThatIOException()
                    .isThrownBy(
                            () -> from.send(new Datagram(source, new InetSocketAddress(six, to.natPort()), message)))
                    .withMessageContaining("IPv6");
        }
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (KernelBackend kernel = provider.open(Map.of());
                IkeTransport first = kernel.openTransport(new TransportConfig(0, 0), datagram -> {})) {
            assertThatIOException()
                    .isThrownBy(() -> kernel.openTransport(new TransportConfig(first.port(), 0), datagram -> {}))
                    .withMessageContaining("port " + first.port() + " of 127.0.0.1");
        }
    }

    @Test
    void eventsAndExpiryComeInRealTime() throws Exception {
        BlockingQueue<KernelEvent> events = new ArrayBlockingQueue<>(10);
        TestNet net = TestNet.IPV4;
        try (MemoryKernel kernel = (MemoryKernel) provider.open(Map.of("larval_lifetime", "1"))) {
            kernel.listen(events::add);
            kernel.apply(KernelUpdate.of(TestPolicy.tunnel(net, 7).put()));
            kernel.packetOut(TwoMachines.packet());
            kernel.allocateSpi(net.spiRequest(7));

            assertThat(events.poll(10, TimeUnit.SECONDS)).isInstanceOf(KernelEvent.Acquire.class);
            assertThat(events.poll(10, TimeUnit.SECONDS)).isInstanceOf(KernelEvent.HardExpire.class);
        }
    }

    @Test
    void closingEndsTheThreads() throws Exception {
        KernelBackend kernel = provider.open(Map.of());
        IkeTransport transport = kernel.openTransport(new TransportConfig(0, 0), datagram -> {});
        kernel.allocateSpi(TestNet.IPV4.spiRequest(1));
        assertThat(threads()).hasSizeGreaterThanOrEqualTo(2);

        transport.close();
        kernel.close();
        kernel.close();

        for (Thread thread : threads().toArray(Thread[]::new)) {
            thread.join(10_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bind            | nowhere.example | IP addresses",
                "bind            | 0.0.0.0         | wildcard",
                "bind            | ''              | IP addresses",
                "larval_lifetime | soon            | no number",
                "larval_lifetime | 0               | above 0",
                "larval_time     | 30              | [bind, larval_lifetime]",
            })
    void optionsAreChecked(String option, String value, String remedy) {
        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> provider.open(Map.of(option, value)))
                .withMessageContaining(option)
                .withMessageContaining(remedy);
    }

    private static List<Thread> threads() {
        return Stream.of(Thread.getAllStackTraces().keySet().toArray(Thread[]::new))
                .filter(thread -> thread.getName().startsWith("memory-"))
                .toList();
    }
}
