package org.ikebana.ike.task;

import java.util.List;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.crypto.ChildKeys;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.proposal.Suite;
import org.ikebana.ike.ts.TrafficSelector;

/**
 * A child SA pair that both sides have agreed on.
 *
 * @param role ours in the exchange that made it: decides which keys are inbound
 * @param tfcPadding octets that shorter packets to the peer are padded to, 0 for none
 * @param acquireSeq of the kernel's request that it answers, 0 for none
 */
public record NegotiatedChild(
        ChildConfig config,
        Role role,
        Suite suite,
        SaMode mode,
        Spi inbound,
        Spi outbound,
        List<TrafficSelector> local,
        List<TrafficSelector> remote,
        ChildKeys keys,
        int tfcPadding,
        int acquireSeq) {
    public NegotiatedChild {
        local = List.copyOf(local);
        remote = List.copyOf(remote);
    }
}
