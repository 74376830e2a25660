package org.ikebana.kernel.xfrm.walk;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.kernel.xfrm.table.PolicyEntry;

/**
 * One look into the policies.
 *
 * @param policy that the packet meets
 * @param others of the same hosts that it does not meet, or that a better one comes before
 * @param templates of the policy, with what was found for each
 */
public record Stage(
        Direction direction,
        Optional<PolicyEntry> policy,
        List<PolicyCheck> others,
        List<TemplateCheck> templates,
        Verdict verdict) {
    public Stage {
        others = List.copyOf(others);
        templates = List.copyOf(templates);
    }
}
