package org.ikebana.kernel.tun.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.kernel.linux.NetworkNamespace.addIpv6;
import static org.ikebana.kernel.linux.NetworkNamespace.command;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.LibC;
import org.ikebana.kernel.linux.NativeMemory;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.ikebana.kernel.linux.Sockaddr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two devices in two namespaces with a {@link Wire} between them: the kernel's own stacks are both ends. */
@Timeout(60)
class TunOffloadTest {
    private static final int MTU = 1400;
    private static final int GSO_NONE = 0;
    private static final int GSO_TCPV4 = 1;
    private static final int GSO_TCPV6 = 4;
    private static final int GSO_UDP_L4 = 5;
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;

    @Test
    void tcpStreamsComeAsSuperPackets() throws Exception {
        NetworkNamespace.run(() -> {
            try (TunDevice left = open("10.9.0.1/24", "2001:db8:9::1/64");
                    ServerSocket server = new ServerSocket()) {
                server.bind(null);
                inAnother(() -> {
                    try (TunDevice right = open("10.9.0.2/24", "2001:db8:9::2/64");
                            Wire wire = new Wire(left, right)) {
                        transfer(server, "10.9.0.1");
                        transfer(server, "2001:db8:9::1");

                        assertThat(wire.segmentation()).contains(GSO_TCPV4, GSO_TCPV6);
                        assertThat(wire.longest()).isGreaterThan(10 * MTU);
                    }
                });
            }
        });
    }

    @Test
    void udpTrainsComeAsSuperPackets() throws Exception {
        NetworkNamespace.run(() -> {
            try (TunDevice left = open("10.9.0.1/24", "2001:db8:9::1/64");
                    DatagramSocket receiver = new DatagramSocket(0, InetAddress.ofLiteral("10.9.0.1"))) {
                inAnother(() -> {
                    try (TunDevice right = open("10.9.0.2/24", "2001:db8:9::2/64");
                            Wire wire = new Wire(left, right)) {
                        sendTrain(new InetSocketAddress("10.9.0.1", receiver.getLocalPort()));

                        for (int i = 0; i < 20; i++) {
                            DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
                            receiver.receive(packet);
                            assertThat(packet.getLength()).isEqualTo(1000);
                            assertThat(packet.getData()[0]).isEqualTo((byte) i);
                        }
                        assertThat(wire.segmentation()).containsAnyOf(right.takesUdpSegments() ? GSO_UDP_L4 : GSO_NONE);
                    }
                });
            }
        });
    }

    @Test
    void allocatesNothingForAFrame() throws Exception {
        NetworkNamespace.run(() -> {
            try (TunDevice device = open("10.9.0.1/24", "2001:db8:9::1/64")) {
                PacketQueue queue = device.queues().getFirst();
                Frame frame = Frame.udp("10.9.0.2", "10.9.0.1", new byte[1000]);
                ByteBuffer other = ByteBuffer.allocateDirect(PacketQueue.MAX_FRAME);
                writeAndRead(queue, frame, other, 100);
                ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
                long before = threads.getCurrentThreadAllocatedBytes();

                int written = writeAndRead(queue, frame, other, 10_000);

                assertThat(written).isEqualTo(10_000);
                assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
            }
        });
    }

    private static int writeAndRead(PacketQueue queue, Frame frame, ByteBuffer other, int times) throws Exception {
        int written = 0;
        for (int i = 0; i < times; i++) {
            written += queue.write(frame.memory(), 0, frame.length()) ? 1 : 0;
            queue.read(other, 0, other.capacity());
            queue.read(frame.memory(), frame.length(), 0);
        }
        return written;
    }

    /** Runs the body on a thread of its own in a namespace of its own. */
    private static void inAnother(NetworkNamespace.Body body) throws Exception {
        NetworkNamespace.run(body);
    }

    private static TunDevice open(String ipv4, String ipv6) throws Exception {
        TunDevice device = TunDevice.open("ikebana%d", 2, MTU);
        command("ip addr add " + ipv4 + " dev " + device.name());
        addIpv6(ipv6, device.name());
        return device;
    }

    private static void transfer(ServerSocket server, String address) throws Exception {
        byte[] sent = new byte[4 << 20];
        new Random(2).nextBytes(sent);
        FutureTask<byte[]> receiver = new FutureTask<>(() -> {
            try (Socket accepted = server.accept()) {
                return accepted.getInputStream().readAllBytes();
            }
        });
        Thread.ofPlatform().daemon().start(receiver);
        try (Socket client = new Socket(address, server.getLocalPort())) {
            client.getOutputStream().write(sent);
        }
        assertThat(receiver.get(30, TimeUnit.SECONDS)).isEqualTo(sent);
    }

    /** Twenty datagrams of 1,000 octets with one system call. */
    private static void sendTrain(InetSocketAddress destination) throws ErrnoException {
        ByteBuffer train = NativeMemory.allocate(20_000);
        for (int i = 0; i < 20; i++) {
            train.put(i * 1000, (byte) i);
        }
        try (FileDescriptor socket = FileDescriptor.socket(2, 2, 0)) {
            org.ikebana.kernel.linux.Socket.setOption(socket, SOL_UDP, UDP_SEGMENT, 1000, "send trains");
            ByteBuffer address = Sockaddr.of(destination);
            assertThat(LibC.sendto(socket.number(), train, 20_000, 0, address, address.capacity()))
                    .isEqualTo(20_000);
        }
    }
}
