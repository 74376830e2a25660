package org.ikebana.ike.engine;

import java.util.List;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicySelectors;
import org.ikebana.ike.ts.TrafficSelector;

/** Which traffic a child is about, as far as its configuration tells. */
record Interest(ChildConfig child) {
    /** Whether some packet of the policy may be the child's. */
    boolean concerns(PolicyKey key) {
        TrafficSelector source = PolicySelectors.source(key.selector());
        TrafficSelector destination = PolicySelectors.destination(key.selector());
        boolean isOutbound = key.direction() == Direction.OUT;
        return mayBeOf(child.localSelectors(), isOutbound ? source : destination)
                && mayBeOf(child.remoteSelectors(), isOutbound ? destination : source);
    }

    private static boolean mayBeOf(List<SelectorSpec> specs, TrafficSelector selector) {
        return specs.stream().anyMatch(spec -> switch (spec) {
            case SelectorSpec.Fixed fixed -> fixed.selector().overlaps(selector);
            case SelectorSpec.Dynamic dynamic ->
                selector.start().equals(selector.end()); // whose address is not known yet
        });
    }
}
