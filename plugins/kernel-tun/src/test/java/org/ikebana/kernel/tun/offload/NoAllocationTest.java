package org.ikebana.kernel.tun.offload;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.kernel.tun.packet.Memory;
import org.ikebana.kernel.tun.packet.TestPacket;
import org.ikebana.kernel.tun.spd.PolicyClassifier;
import org.junit.jupiter.api.Test;

/** A packet on its way through costs the garbage collector nothing. */
class NoAllocationTest {
    private static final int MSS = 1000;
    private static final int WARM_UP = 2_000;
    private static final int ROUNDS = 2_000;

    private final Segmenter segmenter = new Segmenter();
    private final Coalescer coalescer = new Coalescer(true);
    private final ByteBuffer packet = ByteBuffer.allocateDirect(65_535);
    private final PolicyClassifier<String> classifier = new PolicyClassifier<>();
    private long frames;

    @Test
    void nothingIsAllocatedForAPacket() {
        IpPrefix any = new IpPrefix(InetAddress.ofLiteral("0.0.0.0"), 0);
        PolicySelector selector = new PolicySelector(any, any, 0, PortMatch.ANY, PortMatch.ANY);
        classifier.put(new PolicyKey(selector, Direction.OUT, Mark.NONE, 0), 1, 0, "all");
        byte[] tcp = Frames.gso(TestPacket.tcp(4, 20 * MSS), MSS);
        byte[] udp = Frames.gso(TestPacket.udp(6, 20 * MSS), MSS);
        ByteBuffer tcpFrame = Memory.of(tcp);
        ByteBuffer udpFrame = Memory.of(udp);
        pass(tcpFrame, udpFrame, tcp.length, udp.length, WARM_UP);

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        pass(tcpFrame, udpFrame, tcp.length, udp.length, ROUNDS);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(frames).isEqualTo(2L * (WARM_UP + ROUNDS));
        assertThat(allocated).as("octets for %d packets", 40 * ROUNDS).isLessThan(40 * ROUNDS / 10);
    }

    private void pass(ByteBuffer tcp, ByteBuffer udp, int tcpLength, int udpLength, int rounds) {
        for (int i = 0; i < rounds; i++) {
            pass(tcp, tcpLength);
            pass(udp, udpLength);
        }
    }

    private void pass(ByteBuffer frame, int length) {
        boolean isGood = segmenter.begin(frame, 0, length);
        boolean isIpv4 = segmenter.header().version() == 4;
        boolean hasPolicy = classifier.lookUp(Direction.OUT, segmenter.header(), 0) != null;
        if (!isGood || isIpv4 != hasPolicy) {
            throw new AssertionError("not taken as it should be");
        }
        for (int i = 0; i < segmenter.segments(); i++) {
            int written = segmenter.write(i, packet, 0);
            while (!coalescer.add(packet, 0, written)) {
                write();
            }
        }
        while (!coalescer.isEmpty()) {
            write();
        }
    }

    private void write() {
        frames += coalescer.frameLength() > VirtioHeader.LENGTH ? 1 : 0;
        coalescer.reset();
    }
}
