package org.ikebana.kernel.tun;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.kernel.model.KernelOptions;
import org.ikebana.kernel.model.VirtualClock;
import org.ikebana.kernel.tun.device.PacketDevice;
import org.ikebana.kernel.tun.device.PacketQueue;
import org.ikebana.kernel.tun.esp.EspCiphers;
import org.ikebana.kernel.tun.plane.Drop;
import org.ikebana.kernel.tun.plane.OutboundWorker;
import org.ikebana.kernel.tun.plane.ProtectedPrefixes;
import org.ikebana.kernel.tun.plane.Workers;
import org.ikebana.kernel.tun.wire.EspPath;
import org.ikebana.kernel.tun.wire.EspReceiver;
import org.ikebana.kernel.tun.wire.EspSender;
import org.ikebana.kernel.tun.wire.MemoryWire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The whole way of a packet, out and in, leaves nothing for the garbage collector, with ciphers that do not either. */
class NoGarbageTest {
    private static final int WARM_UP = 20_000;
    private static final int PACKETS = 20_000;
    private static final TestNet NET = TestNet.IPV4;

    private final Recorder recorder = new Recorder();
    private final OneFrame left = new OneFrame(Packets.of(NET.innerLocal(), NET.innerPeer(), 17, 4000, 5000, 1400));
    private final OneFrame right = new OneFrame(new byte[0]);

    static boolean areCiphersNative() {
        return EspCiphers.best().description().contains("libcrypto");
    }

    @Test
    @EnabledIf("areCiphersNative")
    void nothingIsAllocatedForAPacket() throws Exception {
        try (TunKernel sender = kernel(
                        left, new Workers.Port(MemoryWire.connect().left().receiver(), recorder));
                TunKernel receiver = kernel(
                        right,
                        new Workers.Port(recorder, MemoryWire.connect().right().sender()))) {
            new Tunnel(NET, NET).install(sender.backend(() -> {}), receiver.backend(() -> {}));

            long warm = send(sender, WARM_UP) + receive(receiver);
            long sent = send(sender, PACKETS);
            long received = receive(receiver);

            assertThat(right.written).isEqualTo(WARM_UP + PACKETS);
            assertThat(receiver.counters().drops(Drop.IN_STATE_PROTO_ERROR)).isZero();
            assertThat(warm).isPositive();
            System.out.printf("octets allocated for %d packets: %d out, %d in%n", PACKETS, sent, received);
            assertThat(sent / (double) PACKETS)
                    .as("octets a packet that leaves")
                    .isLessThan(0.5);
            assertThat(received / (double) PACKETS)
                    .as("octets a packet that comes")
                    .isLessThan(0.5);
        }
    }

    private long send(TunKernel kernel, int packets) throws IOException {
        OutboundWorker worker = kernel.workers().outbound().getFirst();
        left.waiting = packets;
        long before = allocated();
        while (left.waiting > 0) {
            worker.work();
        }
        return allocated() - before;
    }

    private long receive(TunKernel kernel) throws IOException {
        long before = allocated();
        while (kernel.workers().work()) {
            // until the record is at its end
        }
        return allocated() - before;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static TunKernel kernel(PacketDevice device, Workers.Port port) {
        return new TunKernel(
                new VirtualClock(),
                new Random(1),
                KernelOptions.DEFAULT,
                EspCiphers.best(),
                new TunKernel.Ports(
                        device,
                        List.of(port),
                        (config, receiver) -> {
                            throw new IOException("there is no IKE here");
                        },
                        ProtectedPrefixes.NONE,
                        (high, low) -> true));
    }

    /** Has the same packet again and again, and counts what is written. */
    private static final class OneFrame implements PacketDevice, PacketQueue {
        private final ByteBuffer frame;
        private int waiting;
        private int written;

        OneFrame(byte[] packet) {
            frame = ByteBuffer.allocateDirect(HEADER_LENGTH + packet.length).put(HEADER_LENGTH, packet);
        }

        @Override
        public String name() {
            return "one frame";
        }

        @Override
        public int mtu() {
            return 1400;
        }

        @Override
        public boolean takesUdpSegments() {
            return false;
        }

        @Override
        public List<PacketQueue> queues() {
            return List.of(this);
        }

        @Override
        public void await() {}

        @Override
        public int read(ByteBuffer memory, int at, int capacity) {
            if (waiting == 0) {
                return 0;
            }
            waiting--;
            memory.put(at, frame, 0, frame.capacity());
            return frame.capacity();
        }

        @Override
        public boolean write(ByteBuffer memory, int at, int length) {
            written++;
            return true;
        }

        @Override
        public void wake() {}

        @Override
        public void close() {}
    }

    /** Keeps what is sent, and gives it out again as received. */
    private static final class Recorder implements EspSender, EspReceiver {
        private final ByteBuffer memory = ByteBuffer.allocateDirect(64 << 20);
        private int end;
        private int given;
        private int at;
        private int segment;

        @Override
        public void add(EspPath path, int trafficClass, ByteBuffer from, int start, int length, int octets) {
            segment = octets;
            memory.put(end, from, start, length);
            end += length;
        }

        @Override
        public void flush() {}

        @Override
        public long drops() {
            return 0;
        }

        @Override
        public void await() {}

        @Override
        public int receive() {
            if (given == end) {
                given = 0;
                end = 0;
                return 0;
            }
            at = given;
            given += Math.min(end - given, 16 * segment);
            return 1;
        }

        @Override
        public ByteBuffer memory() {
            return memory;
        }

        @Override
        public int at(int i) {
            return at;
        }

        @Override
        public int length(int i) {
            return given - at;
        }

        @Override
        public int segment(int i) {
            return segment;
        }

        @Override
        public boolean inUdp(int i) {
            return false;
        }

        @Override
        public int trafficClass(int i) {
            return 0;
        }

        @Override
        public long sourceHigh(int i) {
            return 0;
        }

        @Override
        public long sourceLow(int i) {
            return 0xffff_c000_0201L;
        }

        @Override
        public int sourcePort(int i) {
            return 0;
        }

        @Override
        public long destinationHigh(int i) {
            return 0;
        }

        @Override
        public long destinationLow(int i) {
            return 0xffff_c000_0202L;
        }

        @Override
        public void deliverIke(int i, int start, int length) {
            throw new AssertionError("there is no IKE here");
        }

        @Override
        public void wake() {}

        @Override
        public void close() {}
    }
}
