package org.ikebana.hostile;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.SaUsage;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.kernel.model.KernelOptions;
import org.ikebana.kernel.model.RealTimeClock;
import org.ikebana.kernel.tun.TunKernel;
import org.ikebana.kernel.tun.device.MemoryDevice;
import org.ikebana.kernel.tun.esp.EspCiphers;
import org.ikebana.kernel.tun.plane.Drop;
import org.ikebana.kernel.tun.plane.ProtectedPrefixes;
import org.ikebana.kernel.tun.plane.Workers;
import org.ikebana.kernel.tun.wire.MemoryWire;

/**
 * Two ends of {@code kernel = tun} on devices and a wire in memory, with one SA from the first to the second, and an
 * attacker on the wire.
 */
final class AttackedTunnel implements AutoCloseable {
    private static final TestNet NET = TestNet.IPV4;
    private static final int MTU = 1400;

    private final RealTimeClock clock = new RealTimeClock();
    private final MemoryWire.Pair wire = MemoryWire.connect();
    private final MemoryDevice senderDevice = new MemoryDevice("sender", MTU, 1, false);
    private final MemoryDevice receiverDevice = new MemoryDevice("receiver", MTU, 1, false);
    private final TunKernel sender;
    private final TunKernel receiver;
    private final KernelBackend receiverBackend;
    private final SecurityAssociation inbound;
    private final List<KernelEvent> events = new CopyOnWriteArrayList<>();
    private final HostileCampaign campaign;

    /** @param sa from the first end to the second */
    AttackedTunnel(TestSa sa, long seed) throws KernelException {
        sender = kernel(senderDevice, wire.left(), seed + 1);
        receiver = kernel(receiverDevice, wire.right(), seed + 2);
        inbound = otherEnd(sa.build());
        try (KernelBackend backend = sender.backend(() -> {})) {
            backend.apply(KernelUpdate.of(sa.add(), TestPolicy.tunnel(NET, 1).put()));
        }
        receiverBackend = receiver.backend(() -> {});
        receiverBackend.listen(events::add);
        receiverBackend.apply(KernelUpdate.of(new KernelChange.AddSa(inbound), inboundPolicy()));
        campaign = new HostileCampaign(
                senderDevice, NET.innerLocal(), wire.left(), wire.right(), receiverDevice, NET.innerPeer(), seed);
        sender.workers().start();
        receiver.workers().start();
    }

    /** The SA that {@link #AttackedTunnel} takes, to be given algorithms and options. */
    static TestSa sa() {
        return TestSa.outbound(NET, 0xc0ffee01);
    }

    HostileCampaign campaign() {
        return campaign;
    }

    /** What the second end's SA has let through. */
    SaUsage usage() throws KernelException {
        return receiverBackend.usage(inbound.key()).orElseThrow();
    }

    long drops(Drop cause) {
        return receiver.counters().drops(cause);
    }

    /** Of the second end, but those that are zero. */
    Map<Drop, Long> allDrops() {
        return receiver.counters().drops();
    }

    /** What the second end has told its key manager. */
    List<KernelEvent> events() {
        return List.copyOf(events);
    }

    @Override
    public void close() {
        receiverBackend.close();
        sender.close();
        receiver.close();
        senderDevice.close();
        receiverDevice.close();
        clock.close();
    }

    private TunKernel kernel(MemoryDevice device, MemoryWire end, long seed) {
        return new TunKernel(
                clock,
                new Random(seed),
                KernelOptions.DEFAULT,
                EspCiphers.best(),
                new TunKernel.Ports(
                        device,
                        List.of(new Workers.Port(end.receiver(), end.sender())),
                        (config, datagrams) -> {
                            throw new IOException("no IKE here");
                        },
                        ProtectedPrefixes.NONE,
                        (high, low) -> true));
    }

    /** The same SA as the receiver has it. */
    private static SecurityAssociation otherEnd(SecurityAssociation out) {
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

    private static KernelChange.PutPolicy inboundPolicy() {
        Policy out = TestPolicy.tunnel(NET, 1).build();
        PolicyKey key = new PolicyKey(
                out.key().selector(), Direction.IN, out.key().mark(), out.key().ifId());
        return new KernelChange.PutPolicy(new Policy(key, out.priority(), out.action(), out.templates()));
    }
}
