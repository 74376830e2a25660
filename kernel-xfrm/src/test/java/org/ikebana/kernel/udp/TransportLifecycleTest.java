package org.ikebana.kernel.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.TransportConfig;
import org.ikebana.kernel.linux.LogCapture;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Opening, closing, and what happens under load. */
@Timeout(60)
class TransportLifecycleTest {
    private static final TransportConfig FREE_PORTS = new TransportConfig(0, 0);
    private static final byte[] MESSAGE = {1, 2, 3, 4};

    @Test
    void leavesNothingBehind() throws Exception {
        descriptorsWhileInUse(); // The first time, class files are opened as well.
        List<String> before = descriptors();
        for (int i = 0; i < 20; i++) {
            assertThat(descriptorsWhileInUse())
                    .as("four sockets and an eventfd")
                    .hasSize(before.size() + 5);
            assertThat(descriptors()).isEqualTo(before);
            assertThat(receivers()).isZero();
        }
    }

    private static List<String> descriptorsWhileInUse() throws IOException {
        try (LinuxUdpTransport transport = LinuxUdpTransport.open(FREE_PORTS, new Inbox())) {
            assertThat(receivers()).isEqualTo(1);
            transport.localAddressFor(InetAddress.getByName("127.0.0.1"));
            assertThatThrownBy(() -> LinuxUdpTransport.open(new TransportConfig(0, transport.natPort()), new Inbox()))
                    .isInstanceOf(IOException.class);
            return descriptors();
        }
    }

    @Test
    void leavesNothingBehindWhereIpv6AloneIsTaken() throws Exception {
        try (Peer taker = new Peer("::1")) {
            refuseIpv6(taker.address().getPort());
            List<String> before = descriptors();
            refuseIpv6(taker.address().getPort());
            assertThat(descriptors()).isEqualTo(before);
        }
    }

    private static void refuseIpv6(int port) {
        assertThatThrownBy(() -> LinuxUdpTransport.open(new TransportConfig(port, 0), new Inbox()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot open UDP port %d (IPv6)".formatted(port));
    }

    @Test
    void refusesAPortThatIsInUse() throws Exception {
        try (LinuxUdpTransport first = LinuxUdpTransport.open(FREE_PORTS, new Inbox())) {
            assertThatThrownBy(() ->
                            LinuxUdpTransport.open(new TransportConfig(first.port(), first.natPort()), new Inbox()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port %d is in use; is another IKE daemon running?", first.port());
            assertThatThrownBy(
                            () -> LinuxUdpTransport.open(new TransportConfig(first.port(), first.port()), new Inbox()))
                    .hasMessageContaining("cannot share port " + first.port());
        }
    }

    @Test
    void deliversNothingAfterClose() throws Exception {
        AtomicInteger delivered = new AtomicInteger();
        CountDownLatch some = new CountDownLatch(10);
        LinuxUdpTransport transport = LinuxUdpTransport.open(FREE_PORTS, datagram -> {
            delivered.incrementAndGet();
            some.countDown();
        });
        InetSocketAddress target = loopback(transport.port());
        try (Peer peer = new Peer("127.0.0.1")) {
            CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 5_000; i++) {
                    send(peer, target);
                }
            });
            assertThat(some.await(10, TimeUnit.SECONDS)).isTrue();
            transport.close();
            int atClose = delivered.get();
            flood.get(10, TimeUnit.SECONDS);
            assertThat(delivered).hasValue(atClose);
        }
        assertThatThrownBy(() -> transport.send(new Datagram(target, target, MESSAGE)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is closed");
        assertThat(transport.statistics().received()).isEqualTo(delivered.get());
        transport.close();
    }

    @RepeatedTest(5)
    void mayBeClosedByItsReceiver() throws Exception {
        CompletableFuture<LinuxUdpTransport> opened = new CompletableFuture<>();
        AtomicInteger delivered = new AtomicInteger();
        CountDownLatch closed = new CountDownLatch(1);
        LinuxUdpTransport transport = LinuxUdpTransport.open(FREE_PORTS, datagram -> {
            delivered.incrementAndGet();
            opened.join().close();
            closed.countDown();
        });
        try (Peer peer = new Peer("127.0.0.1")) {
            for (int i = 0; i < 20; i++) {
                peer.send(loopback(transport.port()), MESSAGE);
            }
            opened.complete(transport);
            assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        }
        transport.close();
        assertThat(delivered).hasValue(1);
    }

    @Test
    void outlivesAReceiverThatThrows() throws Exception {
        Inbox inbox = new Inbox();
        AtomicInteger count = new AtomicInteger();
        try (LogCapture log = new LogCapture(LinuxUdpTransport.class);
                LinuxUdpTransport transport = LinuxUdpTransport.open(FREE_PORTS, datagram -> {
                    if (count.incrementAndGet() == 1) {
                        throw new IllegalStateException("not ready");
                    }
                    inbox.onDatagram(datagram);
                });
                Peer peer = new Peer("127.0.0.1")) {
            peer.send(loopback(transport.port()), MESSAGE);
            peer.send(loopback(transport.port()), MESSAGE);
            assertThat(inbox.take().payload()).isEqualTo(MESSAGE);
            assertThat(log.lines()).contains("ERROR a datagram could not be handed on");
        }
    }

    /** A receiver that stands still makes the kernel's buffer overflow; each datagram is accounted for all the same. */
    @Test
    void countsWhatABurstLoses() throws Exception {
        int burst = 20_000;
        Inbox inbox = new Inbox();
        CountDownLatch sent = new CountDownLatch(1);
        try (LinuxUdpTransport transport = LinuxUdpTransport.open(FREE_PORTS, datagram -> {
                    await(sent);
                    inbox.onDatagram(datagram);
                });
                Peer peer = new Peer("127.0.0.1")) {
            for (int i = 0; i < burst; i++) {
                peer.send(loopback(transport.port()), new byte[1400]);
            }
            sent.countDown();
            while (transport.statistics().received() + transport.statistics().overflows() < burst) {
                inbox.take();
            }
            transport.close();
            TransportStatistics statistics = transport.statistics();
            assertThat(statistics.overflows()).isPositive();
            assertThat(statistics.received()).isPositive();
            assertThat(statistics.received() + statistics.overflows()).isEqualTo(burst);
        }
    }

    private static void send(Peer peer, InetSocketAddress target) {
        try {
            peer.send(target, MESSAGE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static InetSocketAddress loopback(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
    }

    /** The numbers of all that the process has open. */
    private static List<String> descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.map(Path::getFileName).map(Path::toString).sorted().toList();
        }
    }

    private static long receivers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("ike-udp-"))
                .count();
    }
}
