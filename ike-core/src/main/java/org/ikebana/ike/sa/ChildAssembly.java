package org.ikebana.ike.sa;

import java.util.Optional;
import org.ikebana.ike.event.ChildSaName;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.task.ChildSelectors;
import org.ikebana.ike.task.NegotiatedChild;

/** A negotiated pair on the way between its IKE SA's two ends: what the kernel is to have, and what we remember of it. */
record ChildAssembly(ChildSa child, KernelChange inbound, PreparedChild pair) {
    /**
     * @param old the pair that it is to replace
     * @throws KernelException when its selectors are none that a policy can have
     */
    static ChildAssembly of(
            NegotiatedChild negotiated, int reqid, Optional<ChildSa> old, IkeSa owner, SaServices services)
            throws KernelException {
        Path path = owner.whereabouts().path();
        Lifetimes limits =
                SoftLimits.of(negotiated.config(), services.environment().random());
        ChildInstallation installation =
                new ChildInstallation(negotiated, reqid, path.local(), path.remote(), path.encapsulates(), limits);
        ChildSelectors selectors = new ChildSelectors(negotiated.local(), negotiated.remote());
        ChildPolicies policies = new ChildPolicies(
                negotiated.config(),
                negotiated.mode(),
                reqid,
                path.local().getAddress(),
                path.remote().getAddress(),
                selectors);
        int number = services.numbers().nextChildSa();
        ChildSa child = new ChildSa(
                new ChildSaName(negotiated.config().name(), number),
                old.map(ChildSa::lineage).orElse(number),
                negotiated.config(),
                negotiated.suite(),
                negotiated.mode(),
                reqid,
                selectors,
                new ChildSa.Terms(limits, services.environment().nanoTime()),
                new ChildSa.Ends(
                        installation.inboundKey(), installation.outboundKey(), path.encapsulates(), policies.ofSa()));
        return new ChildAssembly(
                child, installation.inbound(), new PreparedChild(installation.outbound(), negotiated.keys()));
    }
}
