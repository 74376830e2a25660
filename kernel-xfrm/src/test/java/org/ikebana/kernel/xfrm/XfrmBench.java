package org.ikebana.kernel.xfrm;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelBench;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.TestPacket;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.linux.LibC;
import org.ikebana.kernel.linux.NativeMemory;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.ikebana.kernel.linux.Sockaddr;
import org.ikebana.kernel.linux.Socket;

/** The kernel of this machine, in a network namespace of the test's own. */
final class XfrmBench implements KernelBench {
    /** What a test does with a reservation or an Acquire takes less, however busy the machine. */
    private static final Duration LARVAL_LIFETIME = Duration.ofSeconds(8);

    private static final Path LARVAL_LIFETIME_OF_NAMESPACE = Path.of("/proc/sys/net/core/xfrm_acq_expires");
    private static final int SO_REUSEADDR = 2;
    private static final int SO_MARK = 36;
    private static final int UDP = 17;
    private static final int PAYLOAD = 72;

    private final NetworkNamespace.Visit namespace;
    private final List<KernelBackend> opened = new ArrayList<>();

    private XfrmBench(NetworkNamespace.Visit namespace) {
        this.namespace = namespace;
    }

    static XfrmBench open() throws Exception {
        XfrmBench bench = new XfrmBench(NetworkNamespace.enter());
        try {
            NetworkNamespace.command("ip -batch " + batch());
            NetworkNamespace.awaitIpv6("d0", "2001:db8::1", "fd00:1::1");
            Files.writeString(LARVAL_LIFETIME_OF_NAMESPACE, Long.toString(LARVAL_LIFETIME.toSeconds()));
            bench.reopen();
            return bench;
        } catch (Exception e) {
            bench.close();
            throw e;
        }
    }

    @Override
    public KernelBackend backend() {
        return opened.getFirst();
    }

    @Override
    public KernelBackend reopen() throws KernelException {
        KernelBackend backend = XfrmBackend.open();
        opened.add(backend);
        return backend;
    }

    @Override
    public void leave(TestPacket packet) throws IOException {
        IpFamily family = IpFamily.of(packet.source());
        int type = packet.protocol() == UDP ? Socket.SOCK_DGRAM : Socket.SOCK_RAW;
        try (FileDescriptor socket = FileDescriptor.socket(family.number(), type, packet.protocol())) {
            Socket.setOption(socket, Socket.SOL_SOCKET, SO_REUSEADDR, 1, "share the port");
            Socket.setOption(socket, Socket.SOL_SOCKET, SO_MARK, packet.mark(), "mark");
            ByteBuffer source = address(packet.source(), packet, packet.sourcePort());
            ErrnoException.check(LibC.bind(socket.number(), source, source.capacity()), "bind to " + packet.source());
            ByteBuffer destination = address(packet.destination(), packet, packet.destinationPort());
            ByteBuffer payload = payload(packet);
            LibC.sendto(
                    socket.number(),
                    payload,
                    payload.capacity(),
                    Socket.MSG_DONTWAIT,
                    destination,
                    destination.capacity());
        }
    }

    @Override
    public void advance(Duration time) {
        try {
            boolean early = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
            assert !early;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Duration larvalLifetime() {
        return LARVAL_LIFETIME;
    }

    @Override
    public void close() {
        try {
            opened.forEach(KernelBackend::close);
        } finally {
            namespace.close();
        }
    }

    /** Interfaces and addresses; what leaves through one end of the pair comes in at the other and finds nobody there. */
    private static Path batch() throws URISyntaxException {
        return Path.of(requireNonNull(XfrmBench.class.getResource("bench.ip")).toURI());
    }

    private static ByteBuffer address(InetAddress address, TestPacket packet, int port) {
        return Sockaddr.of(new InetSocketAddress(address, packet.protocol() == UDP ? port : 0));
    }

    /** For ICMP with its header, whose checksum ICMPv6 sockets fill in and nobody looks at for ICMP. */
    private static ByteBuffer payload(TestPacket packet) {
        ByteBuffer payload = NativeMemory.allocate(PAYLOAD);
        if (packet.protocol() != UDP) {
            payload.put(0, (byte) packet.sourcePort()).put(1, (byte) packet.destinationPort());
        }
        return payload;
    }
}
