package org.ikebana.kernel.tun.plane;

import java.util.Optional;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.kernel.tun.packet.IpHeader;
import org.ikebana.kernel.tun.spd.PolicyClassifier;

/** What an SA of transport mode lets pass; an SA without selector lets everything pass. */
final class SaSelector {
    private final Optional<PolicyClassifier<Boolean>> only;

    SaSelector(Optional<PolicySelector> selector) {
        this.only = selector.map(SaSelector::classifier);
    }

    boolean matches(IpHeader packet) {
        return only.isEmpty() || only.get().lookUp(Direction.OUT, packet, 0) != null;
    }

    private static PolicyClassifier<Boolean> classifier(PolicySelector selector) {
        PolicyClassifier<Boolean> classifier = new PolicyClassifier<>();
        classifier.put(new PolicyKey(selector, Direction.OUT, Mark.NONE, 0), 0, 0, true);
        return classifier;
    }
}
