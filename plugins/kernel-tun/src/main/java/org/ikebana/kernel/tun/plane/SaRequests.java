package org.ikebana.kernel.tun.plane;

import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.kernel.model.AcquireOutcome;
import org.ikebana.kernel.model.KernelModel;
import org.ikebana.kernel.model.Wanted;
import org.ikebana.kernel.tun.packet.IpHeader;

/** Asks the key manager for an SA. */
final class SaRequests {
    private final KernelModel model;

    SaRequests(KernelModel model) {
        this.model = model;
    }

    /** Whether someone negotiates, now or already, so that the packet may wait. */
    boolean ask(PlanePolicy policy, IpHeader header) {
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
        return model.locked((state, acquires) -> acquires.ask(wanted, packet)) instanceof AcquireOutcome.Asked;
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
