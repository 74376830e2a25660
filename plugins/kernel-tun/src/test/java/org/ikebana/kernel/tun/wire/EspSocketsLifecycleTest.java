package org.ikebana.kernel.tun.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.ike.kernel.IkeTransport;
import org.ikebana.ike.kernel.TransportConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transports come and go while the workers' threads run. */
@Timeout(120)
class EspSocketsLifecycleTest {
    private static final TransportConfig FREE_PORTS = new TransportConfig(0, 0);
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final byte[] MARKED = {0, 0, 0, 0, 9, 8, 7, 6};

    /** A thread receives and another sends all the time; neither is in the way, or meets a socket that is not its own. */
    @ParameterizedTest
    @CsvSource({"1, 1000", "2, 200"})
    void manyTransportsLeaveNothingBehind(int workers, int times) throws Exception {
        try (EspSockets sockets = EspSockets.open(new EspSocketOptions(workers, false, 0));
                Plane plane = Plane.of(sockets, workers)) {
            AtomicReference<@Nullable EspPath> path = new AtomicReference<>();
            AtomicBoolean stop = new AtomicBoolean();
            Run run = Run.of(4000, 1000, 1);
            Thread sender = Thread.ofPlatform().start(() -> {
                while (!stop.get()) {
                    EspPath to = path.get();
                    if (to != null) {
                        run.sendBy(sockets.sender(0), to, 0);
                    }
                }
            });
            openAndClose(sockets, path, plane);
            long before = descriptors();
            for (int i = 0; i < times; i++) {
                openAndClose(sockets, path, plane);
            }
            assertThat(descriptors()).isEqualTo(before);
            stop.set(true);
            sender.join();
        }
    }

    private static void openAndClose(EspSockets sockets, AtomicReference<@Nullable EspPath> path, Plane plane)
            throws Exception {
        CountDownLatch delivered = new CountDownLatch(1);
        try (IkeTransport transport = sockets.openTransport(FREE_PORTS, datagram -> delivered.countDown())) {
            InetSocketAddress self = new InetSocketAddress(HERE, transport.natPort());
            path.set(new EspPath(
                    HERE, HERE, Optional.of(new Encapsulation(transport.natPort(), transport.natPort())), true));
            // More than once: what the sender sends may fill the socket's room, and the kernel drop this.
            boolean there = false;
            for (int i = 0; i < 1000 && !there; i++) {
                transport.send(new Datagram(self, self, new byte[] {1}));
                there = delivered.await(10, TimeUnit.MILLISECONDS);
            }
            assertThat(there).isTrue();
            assertThat(plane.take().octets()).hasSize(1000);
        }
        plane.clear();
    }

    @RepeatedTest(5)
    void nothingIsDeliveredAfterClose() throws Exception {
        AtomicInteger delivered = new AtomicInteger();
        CountDownLatch some = new CountDownLatch(10);
        try (EspSockets sockets = EspSockets.open(new EspSocketOptions(1, false, 0));
                Plane plane = Plane.of(sockets, 1);
                DatagramSocket peer = new DatagramSocket(0, HERE)) {
            IkeTransport transport = sockets.openTransport(FREE_PORTS, datagram -> {
                delivered.incrementAndGet();
                some.countDown();
            });
            int port = transport.natPort();
            CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> send(peer, port, 5000));
            assertThat(some.await(10, TimeUnit.SECONDS)).isTrue();
            transport.close();
            int atClose = delivered.get();
            flood.get(10, TimeUnit.SECONDS);
            assertThat(delivered).hasValue(atClose);
            assertThat(plane.isEmpty()).isTrue();
        }
    }

    /** The receiver may be in two threads at once, and close in both. */
    @RepeatedTest(20)
    void theReceiverMayCloseItsTransport() throws Exception {
        try (EspSockets sockets = EspSockets.open(new EspSocketOptions(1, false, 0));
                Plane plane = Plane.of(sockets, 1);
                DatagramSocket peer = new DatagramSocket(0, HERE)) {
            CompletableFuture<IkeTransport> opened = new CompletableFuture<>();
            CountDownLatch closed = new CountDownLatch(2);
            IkeTransport transport = sockets.openTransport(FREE_PORTS, datagram -> {
                closed.countDown();
                opened.join().close();
            });
            send(peer, transport.natPort(), 1);
            send(peer, transport.port(), 1);
            assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
            opened.complete(transport);
            transport.close();
            try (IkeTransport next =
                    sockets.openTransport(new TransportConfig(transport.port(), transport.natPort()), datagram -> {})) {
                assertThat(next.natPort()).isEqualTo(transport.natPort());
            }
            assertThat(plane.isEmpty()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aPortThatIsInUseIsRefused(int workers) throws Exception {
        EspSocketOptions options = new EspSocketOptions(workers, false, 0);
        try (EspSockets first = EspSockets.open(options);
                EspSockets second = EspSockets.open(options);
                IkeTransport transport = first.openTransport(FREE_PORTS, datagram -> {})) {
            assertThatIOException()
                    .isThrownBy(() -> second.openTransport(new TransportConfig(0, transport.natPort()), datagram -> {}))
                    .withMessage("cannot open UDP port %d (IPv4): port %d is in use; is another IKE daemon running?"
                            .formatted(transport.natPort(), transport.natPort()));
            assertThatIOException()
                    .isThrownBy(() -> second.openTransport(new TransportConfig(transport.port(), 0), datagram -> {}))
                    .withMessageContaining("port %d is in use", transport.port());
            assertThatIOException().isThrownBy(() -> second.openTransport(new TransportConfig(1, 1), datagram -> {}));
        }
    }

    @Test
    void aFailureLeavesNothingOpen() throws Exception {
        try (EspSockets sockets = EspSockets.open(new EspSocketOptions(2, false, 0));
                IkeTransport taker = sockets.openTransport(FREE_PORTS, datagram -> {})) {
            long before = descriptors();
            for (int i = 0; i < 10; i++) {
                assertThatIOException()
                        .isThrownBy(() -> sockets.openTransport(new TransportConfig(taker.port(), 0), datagram -> {}));
            }
            assertThat(descriptors()).isEqualTo(before);
        }
    }

    /** The kernel keeps the packets of one address and port on one socket. */
    @Test
    void severalWorkersShareThePort() throws Exception {
        try (UdpEnds ends = UdpEnds.open(3)) {
            Run run = Run.of(20 * 100, 100, 6);
            for (int i = 1; i <= 32; i++) {
                run.sendBy(ends.left().sender(0), ends.path("127.0.0." + i, "127.0.0.1", true), 0);
                run.expectAt(ends.plane());
            }
        }
    }

    @Test
    void theEndIsFinal() throws Exception {
        end(); // The first time, class files are opened as well.
        long before = descriptors();
        end();
        assertThat(descriptors()).isEqualTo(before);
    }

    private static void end() throws Exception {
        EspSockets sockets = EspSockets.open(new EspSocketOptions(1, false, 0));
        IkeTransport transport = sockets.openTransport(FREE_PORTS, datagram -> {});
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            try {
                while (true) {
                    sockets.receiver(0).await();
                    sockets.receiver(0).receive();
                }
            } catch (IOException e) {
                end.complete(e);
            }
        });
        sockets.close();
        sockets.close();

        assertThat(end.get(10, TimeUnit.SECONDS)).hasMessage("the sockets of ESP are closed");
        assertThat(sockets.receiver(0).receive()).isZero();
        sockets.receiver(0).wake();
        assertThatIOException().isThrownBy(() -> sockets.openTransport(FREE_PORTS, datagram -> {}));
        assertThatThrownBy(() -> transport.sendNatKeepalive(
                        new InetSocketAddress(HERE, transport.natPort()), new InetSocketAddress(HERE, 9)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is closed");
    }

    private static void send(DatagramSocket peer, int port, int times) {
        try {
            for (int i = 0; i < times; i++) {
                peer.send(new DatagramPacket(MARKED, MARKED.length, HERE, port));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
