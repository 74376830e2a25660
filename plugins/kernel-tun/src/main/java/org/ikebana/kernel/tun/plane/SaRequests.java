package org.ikebana.kernel.tun.plane;

import java.nio.ByteBuffer;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.kernel.model.AcquireOutcome;
import org.ikebana.kernel.model.Acquires;
import org.ikebana.kernel.model.KernelModel;
import org.ikebana.kernel.model.Wanted;
import org.ikebana.kernel.tun.packet.IpHeader;

/** Lets packets wait for an SA, and asks the key manager for one. */
final class SaRequests {
    private final KernelModel model;
    private final TunPlane plane;

    SaRequests(KernelModel model, TunPlane plane) {
        this.model = model;
        this.plane = plane;
    }

    /**
     * Holds a frame whose policy had no SA for it. SAs and policies change under the model's lock only, so whatever changed since
     * the packet looked is seen here, and whatever changes later finds it held.
     *
     * @return false if nobody negotiates, so that the packet is lost
     */
    boolean hold(PlanePolicy policy, IpHeader header, ByteBuffer frame, int at, int length) {
        return model.locked((state, acquires) -> {
            boolean overtaken = plane.lookUp(Direction.OUT, header) != policy || policy.choose(header) != null;
            if (!overtaken && !isAsked(acquires, policy, header)) {
                return false;
            }
            plane.held().hold(policy.key(), frame, at, length);
            if (overtaken) {
                plane.held().release(policy.key());
            }
            return true;
        });
    }

    /** Whether someone negotiates, now or already. */
    private static boolean isAsked(Acquires acquires, PlanePolicy policy, IpHeader header) {
        PolicyTemplate template = policy.template();
        if (template == null) {
            return false;
        }
        PolicySelector packet = selector(header);
        Wanted wanted = Wanted.by(
                policy.key(),
                template,
                packet.source().address(),
                packet.destination().address());
        return acquires.ask(wanted, packet) instanceof AcquireOutcome.Asked;
    }

    private static PolicySelector selector(IpHeader header) {
        return new PolicySelector(
                IpPrefix.host(Addresses.of(header.sourceHigh(), header.sourceLow())),
                IpPrefix.host(Addresses.of(header.destinationHigh(), header.destinationLow())),
                header.protocol(),
                PortMatch.exactly(header.sourcePort()),
                PortMatch.exactly(header.destinationPort()));
    }
}
