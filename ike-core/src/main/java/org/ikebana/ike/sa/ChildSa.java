package org.ikebana.ike.sa;

import java.util.List;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.event.ChildSaName;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.proposal.Suite;
import org.ikebana.ike.task.ChildSelectors;

/**
 * An installed pair of SAs (RFC 4301 4.1) with its policies. The keys are the kernel's alone.
 *
 * @param inbound identifies the SA towards us
 */
public record ChildSa(
        ChildSaName name,
        ChildConfig config,
        Suite suite,
        SaKey inbound,
        SaKey outbound,
        int reqid,
        ChildSelectors selectors,
        boolean encapsulated,
        List<Policy> policies) {}
