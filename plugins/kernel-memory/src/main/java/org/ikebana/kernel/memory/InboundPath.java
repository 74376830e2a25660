package org.ikebana.kernel.memory;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.kernel.memory.InboundVerdict.Cause;
import org.ikebana.kernel.model.CompleteSa;
import org.ikebana.kernel.model.KernelState;
import org.ikebana.kernel.model.SaEntry;

/** A packet that comes in: its SAs are taken off, then a policy must agree with the way it came. */
final class InboundPath {
    private final KernelState kernel;
    private final MemoryPlane plane;

    InboundPath(KernelState kernel, MemoryPlane plane) {
        this.kernel = kernel;
        this.plane = plane;
    }

    /** @param direction IN for packets to this machine, FORWARD for those that go on */
    InboundVerdict receive(IpPacket packet, Direction direction) {
        List<CompleteSa> path = new ArrayList<>();
        IpPacket current = packet;
        while (current instanceof IpPacket.Wrapped wrapped) {
            Optional<SaEntry> found =
                    kernel.sas().find(wrapped.destination(), wrapped.spi(), wrapped.protocol(), wrapped.mark());
            if (found.isEmpty()) {
                return new InboundVerdict.Dropped(Cause.NO_SA);
            }
            if (!(found.get() instanceof CompleteSa sa)) {
                return new InboundVerdict.Dropped(Cause.LARVAL);
            }
            Optional<Cause> fault = open(sa, wrapped);
            if (fault.isPresent()) {
                return new InboundVerdict.Dropped(fault.get());
            }
            path.add(sa);
            current = wrapped.inner();
        }
        IpPacket.Clear inner = (IpPacket.Clear) current;
        return policyFault(inner, path, direction)
                .<InboundVerdict>map(InboundVerdict.Dropped::new)
                .orElseGet(() -> new InboundVerdict.Accepted(inner));
    }

    /** The checks in Linux's order: nothing is counted, and the window not moved, before the packet is genuine. */
    private Optional<Cause> open(CompleteSa sa, IpPacket.Wrapped packet) {
        boolean sameWay = sa.installed().encapsulation().isPresent()
                == packet.encapsulation().isPresent();
        if (sa.installed().direction() != Direction.IN || !sameWay) {
            return Optional.of(Cause.ENCAPSULATION);
        }
        if (!plane.of(sa).replayWindow().accepts(packet.sequence())) {
            return Optional.of(Cause.REPLAYED);
        }
        switch (sa.limitReached()) {
            case HARD -> {
                kernel.lifecycle().endByLimit(sa);
                return Optional.of(Cause.SA_EXPIRED);
            }
            case SOFT -> kernel.lifecycle().warn(sa);
            case NONE -> {}
        }
        if (!plane.of(sa).seal().equals(packet.seal())) {
            return Optional.of(Cause.INTEGRITY);
        }
        if (sa.mode() != packet.mode()) {
            return Optional.of(Cause.MODE);
        }
        plane.of(sa).replayWindow().record(packet.sequence());
        sa.counters().count(1, packet.length(), kernel.clock().now().toEpochMilli());
        tellMapping(sa, packet);
        return Optional.empty();
    }

    /** Every such packet tells it, until the SA is installed anew. */
    private void tellMapping(CompleteSa sa, IpPacket.Wrapped packet) {
        Optional<Encapsulation> expected = sa.installed().encapsulation();
        if (expected.isEmpty() || packet.encapsulation().isEmpty()) {
            return;
        }
        InetSocketAddress before =
                new InetSocketAddress(sa.source(), expected.get().sourcePort());
        InetSocketAddress now = new InetSocketAddress(
                packet.source(), packet.encapsulation().get().sourcePort());
        if (!before.equals(now)) {
            kernel.events().raise(new KernelEvent.MappingChanged(sa.key(), sa.reqid(), before, now));
        }
    }

    private Optional<Cause> policyFault(IpPacket.Clear packet, List<CompleteSa> path, Direction direction) {
        boolean isLetThrough = path.stream()
                .flatMap(sa -> sa.installed().selector().stream())
                .allMatch(selector -> SelectorMatch.matches(selector, packet));
        if (!isLetThrough) {
            return Optional.of(Cause.SELECTOR);
        }
        Optional<Policy> policy = kernel.policies().first(key -> SelectorMatch.meets(key, direction, packet));
        if (policy.isEmpty()) {
            return isTunnelled(path, 0) ? Optional.of(Cause.NO_POLICY) : Optional.empty();
        }
        if (policy.get().action() == Policy.Action.BLOCK) {
            return Optional.of(Cause.BLOCKED);
        }
        return isProtected(policy.get(), path) ? Optional.empty() : Optional.of(Cause.UNPROTECTED);
    }

    /** Each template that is required finds its SA on the packet's way, the outermost first, and no tunnel is left over. */
    private static boolean isProtected(Policy policy, List<CompleteSa> path) {
        int next = 0;
        for (PolicyTemplate template : policy.templates().reversed()) {
            if (template.optional() && (next == path.size() || !satisfies(path.get(next), template, policy))) {
                continue;
            }
            while (next < path.size()
                    && !satisfies(path.get(next), template, policy)
                    && path.get(next).mode() == SaMode.TRANSPORT) {
                next++;
            }
            if (next == path.size() || !satisfies(path.get(next), template, policy)) {
                return false;
            }
            next++;
        }
        return !isTunnelled(path, next);
    }

    private static boolean satisfies(CompleteSa sa, PolicyTemplate template, Policy policy) {
        boolean sameEnds = sa.mode() == SaMode.TRANSPORT
                || ((template.destination().isAnyLocalAddress()
                                || template.destination().equals(sa.key().destination()))
                        && (template.source().isAnyLocalAddress()
                                || template.source().equals(sa.source())));
        return sa.key().protocol() == template.protocol()
                && sa.mode() == template.mode()
                && (template.reqid() == 0 || template.reqid() == sa.reqid())
                && sa.ifId() == policy.key().ifId()
                && sameEnds;
    }

    private static boolean isTunnelled(List<CompleteSa> path, int from) {
        return path.stream().skip(from).anyMatch(sa -> sa.mode() != SaMode.TRANSPORT);
    }
}
