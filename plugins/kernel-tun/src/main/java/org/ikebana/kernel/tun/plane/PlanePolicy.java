package org.ikebana.kernel.tun.plane;

import java.util.Comparator;
import java.util.List;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.kernel.model.CompleteSa;
import org.ikebana.kernel.model.Wanted;
import org.ikebana.kernel.tun.packet.IpHeader;
import org.jspecify.annotations.Nullable;

/** A policy as packets meet it. Only the SAs that serve it change. */
final class PlanePolicy {
    private static final OutboundSa[] NONE = {};
    private static final Comparator<OutboundSa> BEST_FIRST =
            Comparator.comparing(sa -> sa.model().isDying());

    private final Policy policy;
    private volatile OutboundSa[] sas = NONE;

    PlanePolicy(Policy policy) {
        this.policy = policy;
    }

    Policy policy() {
        return policy;
    }

    PolicyKey key() {
        return policy.key();
    }

    boolean blocks() {
        return policy.action() == Policy.Action.BLOCK;
    }

    /** Traffic goes as it is. */
    boolean passes() {
        return !blocks() && policy.templates().isEmpty();
    }

    /** The one template. Nothing that IKE negotiates needs two, and ESP alone is spoken here. */
    @Nullable PolicyTemplate template() {
        return policy.templates().size() == 1 ? policy.templates().getFirst() : null;
    }

    int reqid() {
        PolicyTemplate template = template();
        return template == null ? 0 : template.reqid();
    }

    /** @param ofReqid the outbound SAs of its reqid, the oldest first */
    void serve(List<OutboundSa> ofReqid) {
        PolicyTemplate template = template();
        if (template != null) {
            sas = ofReqid.reversed().stream()
                    .filter(sa -> fits(sa.model(), template))
                    .sorted(BEST_FIRST)
                    .toArray(OutboundSa[]::new);
        }
    }

    boolean isServed() {
        return sas.length > 0;
    }

    /** The SA for a packet: not a dying one if there is another, then the youngest. */
    @Nullable OutboundSa choose(IpHeader packet) {
        for (OutboundSa sa : sas) {
            if (sa.carries(packet)) {
                return sa;
            }
        }
        return null;
    }

    /** Whether a packet that came through this SA came as the policy wants it. */
    boolean isSatisfiedBy(InboundSa sa) {
        PolicyTemplate template = template();
        return template != null
                && template.mode() == sa.mode()
                && (template.reqid() == 0 || template.reqid() == sa.model().reqid())
                && sa.model().ifId() == key().ifId()
                && (template.mode() == SaMode.TRANSPORT || hasEnds(sa.model(), template));
    }

    private boolean fits(CompleteSa sa, PolicyTemplate template) {
        // In transport mode each packet names its own ends; the SA's stand in for them here.
        return Wanted.by(key(), template, sa.source(), sa.key().destination()).fits(sa);
    }

    private static boolean hasEnds(CompleteSa sa, PolicyTemplate template) {
        return (template.destination().isAnyLocalAddress()
                        || template.destination().equals(sa.key().destination()))
                && (template.source().isAnyLocalAddress() || template.source().equals(sa.source()));
    }
}
