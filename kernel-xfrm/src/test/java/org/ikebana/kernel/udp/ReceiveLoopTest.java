package org.ikebana.kernel.udp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.TransportConfig;
import org.ikebana.kernel.linux.EventFd;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.linux.LibC;
import org.ikebana.kernel.linux.Poll;
import org.ikebana.kernel.linux.Sockaddr;
import org.ikebana.kernel.linux.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class ReceiveLoopTest {
    private static final int PAYLOAD = 1000;
    private static final int DATAGRAMS = 5_000;
    private static final int WINDOW = 16;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void dropsDatagramsLongerThanItsBuffers() throws Exception {
        Inbox inbox = new Inbox();
        Counters counters = new Counters();
        try (UdpSocket socket = UdpSocket.open(IpFamily.IPV4, 0, UdpSocket.Use.IKE);
                EventFd wakeup = new EventFd();
                Peer peer = new Peer("127.0.0.1")) {
            ReceiveLoop loop = new ReceiveLoop(List.of(socket), wakeup, counters, inbox, 64);
            Thread thread = Thread.ofPlatform().start(loop);
            InetSocketAddress target = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), socket.port());
            peer.send(target, new byte[65]);
            peer.send(target, new byte[64]);
            peer.send(target, new byte[9000]);
            assertThat(inbox.take().payload()).hasSize(64);
            inbox.takeUntil(() -> counters.truncated.sum() >= 2, () -> peer.send(target, new byte[3]));
            assertThat(counters.snapshot(0).truncated()).isEqualTo(2);
            loop.stop();
            thread.join();
        }
    }

    /** Linux reports ICMP errors to connected sockets only; ours never are, but options of a host may change that. */
    @Test
    void countsErrorsThatIcmpLeavesBehindAndLivesOn() throws Exception {
        InetSocketAddress remote;
        try (Peer gone = new Peer("127.77.0.1")) {
            remote = gone.address();
        }
        InetAddress local = InetAddress.getByName("127.0.0.1");
        Inbox inbox = new Inbox();
        Counters counters = new Counters();
        try (UdpSocket socket = UdpSocket.open(IpFamily.IPV4, 0, UdpSocket.Use.IKE);
                EventFd wakeup = new EventFd()) {
            ByteBuffer address = Sockaddr.of(remote);
            assertThat(LibC.connect(socket.descriptor().number(), address, address.capacity()))
                    .isZero();
            Poll error = new Poll(socket.descriptor());
            assertThat(socket.send(local, remote, new byte[1])).isTrue();
            error.await(10_000);
            assertThat(socket.send(local, remote, new byte[1]))
                    .as("the error is taken by the next call")
                    .isFalse();
            assertThat(socket.send(local, remote, new byte[1])).isTrue();
            error.await(10_000);
            ReceiveLoop loop = new ReceiveLoop(List.of(socket), wakeup, counters, inbox);
            Thread thread = Thread.ofPlatform().start(loop);
            try (Peer back = new Peer(remote)) {
                back.send(new InetSocketAddress(local, socket.port()), new byte[5]);
                assertThat(inbox.take().payload()).hasSize(5);
            }
            assertThat(counters.snapshot(0).socketErrors()).isEqualTo(1);
            loop.stop();
            thread.join();
        }
    }

    /** The payload, the {@link Datagram} and what a busy virtual machine charges to the thread now and then. */
    @Test
    void allocatesLittleMoreThanThePayload() throws Exception {
        AtomicLong thread = new AtomicLong();
        Semaphore window = new Semaphore(WINDOW);
        try (LinuxUdpTransport transport = LinuxUdpTransport.open(new TransportConfig(0, 0), datagram -> {
                    thread.set(Thread.currentThread().threadId());
                    window.release();
                });
                Peer peer = new Peer("127.0.0.1")) {
            InetSocketAddress target = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), transport.port());
            sendAll(peer, target, window);
            long before = THREADS.getThreadAllocatedBytes(thread.get());
            sendAll(peer, target, window);
            assertThat((THREADS.getThreadAllocatedBytes(thread.get()) - before) / DATAGRAMS)
                    .isBetween((long) PAYLOAD, PAYLOAD + 100L);
        }
    }

    /** Never has more under way than the receive buffer holds, and returns when all have been handed on. */
    private static void sendAll(Peer peer, InetSocketAddress target, Semaphore window) throws Exception {
        for (int i = 0; i < DATAGRAMS; i++) {
            assertThat(window.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            peer.send(target, new byte[PAYLOAD]);
        }
        assertThat(window.tryAcquire(WINDOW, 10, TimeUnit.SECONDS)).isTrue();
        window.release(WINDOW);
    }

    @ParameterizedTest
    @EnumSource(IpFamily.class)
    void leavesDontFragmentUnset(IpFamily family) throws Exception {
        int never = 0;
        try (UdpSocket socket = UdpSocket.open(family, 0, UdpSocket.Use.IKE)) {
            assertThat(Socket.option(socket.descriptor(), family.level(), family.mtuDiscover(), "ask"))
                    .isEqualTo(never);
        }
    }
}
