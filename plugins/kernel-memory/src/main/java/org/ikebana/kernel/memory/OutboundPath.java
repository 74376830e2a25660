package org.ikebana.kernel.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.kernel.memory.OutboundVerdict.Cause;
import org.ikebana.kernel.model.AcquireOutcome;
import org.ikebana.kernel.model.Acquires;
import org.ikebana.kernel.model.CompleteSa;
import org.ikebana.kernel.model.KernelState;
import org.ikebana.kernel.model.Wanted;

/** A packet that is to leave: the policy that it meets, an SA for each template, the SAs' limits; or an ACQUIRE. */
final class OutboundPath {
    private final KernelState kernel;
    private final Acquires acquires;
    private final MemoryPlane plane;

    OutboundPath(KernelState kernel, Acquires acquires, MemoryPlane plane) {
        this.kernel = kernel;
        this.acquires = acquires;
        this.plane = plane;
    }

    OutboundVerdict send(IpPacket.Clear packet) {
        Optional<Policy> met = kernel.policies().first(key -> SelectorMatch.meets(key, Direction.OUT, packet));
        if (met.isEmpty()) {
            return new OutboundVerdict.Passed(packet);
        }
        Policy policy = met.get();
        if (policy.action() == Policy.Action.BLOCK) {
            return new OutboundVerdict.Blocked(policy.key());
        }
        List<CompleteSa> bundle = new ArrayList<>();
        for (PolicyTemplate template : policy.templates()) {
            Wanted wanted = Wanted.by(policy.key(), template, packet.source(), packet.destination());
            Optional<CompleteSa> sa = best(wanted, packet);
            if (sa.isPresent()) {
                bundle.add(sa.get());
            } else {
                OutboundVerdict asked = acquire(wanted, packet);
                if (!template.optional()) {
                    return asked;
                }
            }
        }
        return wrap(policy, packet, bundle);
    }

    /** Not a dying one if there is another; then the youngest. */
    private Optional<CompleteSa> best(Wanted wanted, IpPacket.Clear packet) {
        return kernel.sas()
                .complete(wanted.template().reqid())
                .filter(sa -> wanted.fits(sa) && isLetThrough(sa, packet))
                .reduce((older, younger) -> younger.isDying() && !older.isDying() ? older : younger);
    }

    private static boolean isLetThrough(CompleteSa sa, IpPacket.Clear packet) {
        return sa.installed()
                .selector()
                .map(selector -> SelectorMatch.matches(selector, packet))
                .orElse(true);
    }

    private OutboundVerdict acquire(Wanted wanted, IpPacket.Clear packet) {
        PolicyKey policy = wanted.policy();
        return switch (acquires.ask(wanted, selectorOf(packet))) {
            case AcquireOutcome.Asked asked ->
                new OutboundVerdict.Held(policy, wanted.template().reqid(), asked.acquireSeq());
            case AcquireOutcome.NoKeyManager nobody -> new OutboundVerdict.Dropped(policy, Cause.NO_KEY_MANAGER);
            case AcquireOutcome.TooManySas full -> new OutboundVerdict.Dropped(policy, Cause.TOO_MANY_SAS);
        };
    }

    /** The first template is the innermost; a policy without templates lets pass. */
    private OutboundVerdict wrap(Policy policy, IpPacket.Clear packet, List<CompleteSa> bundle) {
        IpPacket wrapped = packet;
        for (CompleteSa sa : bundle) {
            switch (sa.limitReached()) {
                case HARD -> {
                    kernel.lifecycle().endByLimit(sa);
                    return new OutboundVerdict.Dropped(policy.key(), Cause.SA_EXPIRED);
                }
                case SOFT -> kernel.lifecycle().warn(sa);
                case NONE -> {}
            }
            OptionalLong sequence = plane.of(sa).nextSequence();
            if (sequence.isEmpty()) {
                return new OutboundVerdict.Dropped(policy.key(), Cause.SEQUENCE_OVERFLOW);
            }
            sa.counters().count(1, packet.length(), kernel.clock().now().toEpochMilli());
            wrapped = wrap(sa, sequence.getAsLong(), wrapped);
        }
        return switch (wrapped) {
            case IpPacket.Clear clear -> new OutboundVerdict.Passed(clear);
            case IpPacket.Wrapped outer -> new OutboundVerdict.Protected(outer);
        };
    }

    private IpPacket.Wrapped wrap(CompleteSa sa, long sequence, IpPacket inner) {
        return new IpPacket.Wrapped(
                sa.source(),
                sa.key().destination(),
                sa.key().protocol(),
                sa.key().spi(),
                sa.mode(),
                sa.installed().encapsulation(),
                sequence,
                plane.of(sa).seal(),
                inner,
                0);
    }

    private static PolicySelector selectorOf(IpPacket.Clear packet) {
        return new PolicySelector(
                IpPrefix.host(packet.source()),
                IpPrefix.host(packet.destination()),
                packet.protocol(),
                PortMatch.exactly(packet.sourcePort()),
                PortMatch.exactly(packet.destinationPort()));
    }
}
