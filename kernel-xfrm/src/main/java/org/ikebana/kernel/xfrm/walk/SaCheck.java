package org.ikebana.kernel.xfrm.walk;

import java.util.List;
import org.ikebana.kernel.xfrm.table.SaEntry;

/**
 * An SA that was looked at for a template.
 *
 * @param obstacles why it cannot serve; empty when it can
 */
public record SaCheck(SaEntry sa, List<Obstacle> obstacles) {
    public SaCheck {
        obstacles = List.copyOf(obstacles);
    }

    public boolean fits() {
        return obstacles.isEmpty();
    }

    /** Whether the kernel takes it, be it only to drop the packet then. */
    boolean isTaken() {
        return obstacles.stream().allMatch(obstacle -> obstacle.counter().isPresent());
    }
}
