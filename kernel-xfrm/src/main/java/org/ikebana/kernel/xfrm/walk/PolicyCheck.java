package org.ikebana.kernel.xfrm.walk;

import java.util.List;
import org.ikebana.kernel.xfrm.table.PolicyEntry;

/**
 * A policy that the packet did not meet.
 *
 * @param reasons why not
 */
public record PolicyCheck(PolicyEntry policy, List<String> reasons) {
    public PolicyCheck {
        reasons = List.copyOf(reasons);
    }
}
