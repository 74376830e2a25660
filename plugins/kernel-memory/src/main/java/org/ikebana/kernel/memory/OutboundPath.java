package org.ikebana.kernel.memory;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.kernel.memory.OutboundVerdict.Cause;

/** A packet that is to leave: the policy that it meets, an SA for each template, the SAs' limits; or an ACQUIRE. */
final class OutboundPath {
    private static final Spi UNKNOWN = new Spi(0);

    private final KernelState kernel;
    private int lastAcquireSeq;

    OutboundPath(KernelState kernel) {
        this.kernel = kernel;
    }

    OutboundVerdict send(IpPacket.Clear packet) {
        Optional<Policy> met = kernel.policies().lookUp(Direction.OUT, packet);
        if (met.isEmpty()) {
            return new OutboundVerdict.Passed(packet);
        }
        Policy policy = met.get();
        if (policy.action() == Policy.Action.BLOCK) {
            return new OutboundVerdict.Blocked(policy.key());
        }
        List<CompleteSa> bundle = new ArrayList<>();
        for (PolicyTemplate template : policy.templates()) {
            Wanted wanted = Wanted.by(policy, template, packet);
            Optional<CompleteSa> sa = best(wanted);
            if (sa.isEmpty()) {
                return acquire(wanted);
            }
            bundle.add(sa.get());
        }
        return wrap(policy, packet, bundle);
    }

    /** Not a dying one if there is another; then the youngest. */
    private Optional<CompleteSa> best(Wanted wanted) {
        return kernel.sas()
                .complete(wanted.template.reqid())
                .filter(sa -> wanted.fits(sa) && wanted.isLetThrough(sa))
                .reduce((older, younger) -> younger.isDying() && !older.isDying() ? older : younger);
    }

    private OutboundVerdict acquire(Wanted wanted) {
        int reqid = wanted.template.reqid();
        Optional<LarvalSa> open =
                kernel.sas().larval(reqid).filter(wanted::fits).findFirst();
        if (open.isPresent()) {
            return new OutboundVerdict.Held(
                    wanted.policy.key(), reqid, open.get().acquireSeq());
        }
        if (!kernel.events().isHeard()) {
            return new OutboundVerdict.Dropped(wanted.policy.key(), Cause.NO_KEY_MANAGER);
        }
        if (kernel.isFull()) {
            return new OutboundVerdict.Dropped(wanted.policy.key(), Cause.TOO_MANY_SAS);
        }
        LarvalSa larval = wanted.larval(nextAcquireSeq(), kernel.clock().now());
        kernel.lifecycle().begin(larval, kernel.options().larvalLifetime());
        kernel.events()
                .raise(new KernelEvent.Acquire(
                        reqid,
                        larval.acquireSeq(),
                        selectorOf(wanted.packet),
                        larval.source(),
                        larval.key().destination(),
                        larval.key().protocol()));
        return new OutboundVerdict.Held(wanted.policy.key(), reqid, larval.acquireSeq());
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
            OptionalLong sequence = sa.nextSequence();
            if (sequence.isEmpty()) {
                return new OutboundVerdict.Dropped(policy.key(), Cause.SEQUENCE_OVERFLOW);
            }
            sa.count(packet.length(), kernel.clock().now());
            wrapped = wrap(sa, sequence.getAsLong(), wrapped);
        }
        return switch (wrapped) {
            case IpPacket.Clear clear -> new OutboundVerdict.Passed(clear);
            case IpPacket.Wrapped outer -> new OutboundVerdict.Protected(outer);
        };
    }

    private static IpPacket.Wrapped wrap(CompleteSa sa, long sequence, IpPacket inner) {
        return new IpPacket.Wrapped(
                sa.source(),
                sa.key().destination(),
                sa.key().protocol(),
                sa.key().spi(),
                sa.mode(),
                sa.installed().encapsulation(),
                sequence,
                sa.seal(),
                inner,
                0);
    }

    private int nextAcquireSeq() {
        lastAcquireSeq = lastAcquireSeq == -1 ? 1 : lastAcquireSeq + 1;
        return lastAcquireSeq;
    }

    private static PolicySelector selectorOf(IpPacket.Clear packet) {
        return new PolicySelector(
                IpPrefix.host(packet.source()),
                IpPrefix.host(packet.destination()),
                packet.protocol(),
                PortMatch.exactly(packet.sourcePort()),
                PortMatch.exactly(packet.destinationPort()));
    }

    /**
     * What a template asks for. Its addresses are those of tunnels; in transport mode the packet's own count. A wildcard
     * source leaves the source open, as the model has no routes to find it by.
     */
    private record Wanted(
            Policy policy,
            PolicyTemplate template,
            IpPacket.Clear packet,
            InetAddress source,
            InetAddress destination) {
        static Wanted by(Policy policy, PolicyTemplate template, IpPacket.Clear packet) {
            return template.mode() == SaMode.TRANSPORT
                    ? new Wanted(policy, template, packet, packet.source(), packet.destination())
                    : new Wanted(policy, template, packet, template.source(), template.destination());
        }

        boolean fits(SaEntry entry) {
            return entry.mode() == template.mode()
                    && entry.ifId() == policy.key().ifId()
                    && entry.key().protocol() == template.protocol()
                    && entry.key().destination().equals(destination)
                    && (source.isAnyLocalAddress() || entry.source().equals(source))
                    && SaDatabase.answersTo(
                            entry.key().mark(), SaDatabase.value(policy.key().mark()));
        }

        boolean isLetThrough(CompleteSa sa) {
            return sa.installed()
                    .selector()
                    .map(selector -> SelectorMatch.matches(selector, packet))
                    .orElse(true);
        }

        LarvalSa larval(int acquireSeq, Instant now) {
            SaKey key = new SaKey(
                    destination, UNKNOWN, template.protocol(), policy.key().mark());
            InetAddress from = source.isAnyLocalAddress() ? packet.source() : source;
            return new LarvalSa(
                    key, from, template.mode(), template.reqid(), policy.key().ifId(), acquireSeq, now);
        }
    }
}
