package org.ikebana.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.kernel.model.KernelOptions;
import org.ikebana.kernel.model.VirtualClock;

/** Two kernels with a tunnel between them: what the left one sends, the right one is to receive. */
final class TwoMachines {
    static final TestNet NET = TestNet.IPV4;
    static final int SPI = 0xc0ffee01;

    final VirtualClock clock = new VirtualClock();
    final MemoryNetwork network = new MemoryNetwork((packet, deliver) -> {});
    final MemoryKernel left;
    final MemoryKernel right;
    final List<KernelEvent> leftEvents = new ArrayList<>();
    final List<KernelEvent> rightEvents = new ArrayList<>();

    TwoMachines() {
        this(KernelOptions.DEFAULT);
    }

    TwoMachines(KernelOptions options) {
        left = new MemoryKernel(clock, new Random(1), options, network.host(NET.local()));
        right = new MemoryKernel(clock, new Random(2), options, network.host(NET.peer()));
        left.listen(leftEvents::add);
        right.listen(rightEvents::add);
    }

    void left(KernelChange... changes) throws KernelException {
        left.apply(KernelUpdate.of(changes));
    }

    void right(KernelChange... changes) throws KernelException {
        right.apply(KernelUpdate.of(changes));
    }

    /** Installs this SA's sending end on the left, and what it asks for on both sides as policies. */
    void connect(TestSa outbound) throws KernelException {
        left(outbound.add(), TestPolicy.tunnel(NET, 1).put());
        right(new KernelChange.AddSa(otherEnd(outbound.build())), policyOnTheRight(Direction.IN));
    }

    /** The right machine's policy for what comes through the tunnel. */
    static KernelChange.PutPolicy policyOnTheRight(Direction direction) {
        Policy out = TestPolicy.tunnel(NET, 1).build();
        PolicyKey key = new PolicyKey(
                out.key().selector(), direction, out.key().mark(), out.key().ifId());
        return new KernelChange.PutPolicy(new Policy(key, out.priority(), out.action(), out.templates()));
    }

    /** The same SA as the receiver has it. */
    static SecurityAssociation otherEnd(SecurityAssociation out) {
        return new SecurityAssociation(
                out.key(),
                out.source(),
                Direction.IN,
                out.mode(),
                out.reqid(),
                0,
                out.algorithms(),
                out.encapsulation(),
                out.replayWindow(),
                out.extendedSequenceNumbers(),
                out.lifetimes(),
                out.selector(),
                out.ifId(),
                0,
                out.flags());
    }

    static TestSa tunnel() {
        return TestSa.outbound(NET, SPI);
    }

    static IpPacket.Clear packet() {
        return IpPacket.Clear.udp(NET.innerLocal(), 4000, NET.innerPeer(), 5000);
    }

    static IpPacket.Clear packetTo(String address) {
        return IpPacket.Clear.udp(NET.innerLocal(), 4000, InetAddress.ofLiteral(address), 5000);
    }

    static SaKey key() {
        return tunnel().build().key();
    }

    /** The packet leaves the left machine wrapped. */
    IpPacket.Wrapped wrapped(IpPacket.Clear packet) {
        OutboundVerdict verdict = left.packetOut(packet);
        assertThat(verdict).isInstanceOf(OutboundVerdict.Protected.class);
        return ((OutboundVerdict.Protected) verdict).packet();
    }

    /** Lets what is due happen. */
    void settle() {
        clock.advance(Duration.ZERO);
    }

    static Spi spi() {
        return new Spi(SPI);
    }
}
