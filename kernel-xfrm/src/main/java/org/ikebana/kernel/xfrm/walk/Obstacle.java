package org.ikebana.kernel.xfrm.walk;

import java.util.Optional;
import org.ikebana.kernel.xfrm.table.XfrmCounter;

/**
 * Why an SA cannot serve a packet.
 *
 * @param counter where the kernel takes the SA all the same, and drops the packet: what it counts
 */
public record Obstacle(String reason, Optional<XfrmCounter> counter) {
    static Obstacle of(String reason) {
        return new Obstacle(reason, Optional.empty());
    }
}
