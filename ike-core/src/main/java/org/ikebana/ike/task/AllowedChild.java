package org.ikebana.ike.task;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.ChildConfig;

/**
 * A child that the peer may ask for.
 *
 * @param inUse the selectors of the SA that it rekeys: the new one has just the same (RFC 7296 2.9.2)
 */
record AllowedChild(ChildConfig config, Optional<ChildSelectors> inUse) {
    static List<AllowedChild> ofAll(List<ChildConfig> children) {
        return children.stream()
                .map(child -> new AllowedChild(child, Optional.empty()))
                .toList();
    }

    /** Where the two ends' addresses have changed meanwhile, what is configured may be all that they have in common. */
    static List<AllowedChild> ofRekey(ChildConfig child, ChildSelectors inUse) {
        return List.of(new AllowedChild(child, Optional.of(inUse)), new AllowedChild(child, Optional.empty()));
    }

    ChildSelectors selectors(InetAddress localAddress, InetAddress remoteAddress) {
        return inUse.orElseGet(() -> ChildSelectors.of(config, localAddress, remoteAddress));
    }
}
