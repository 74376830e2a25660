package org.ikebana.ike.kernel;

import java.util.Locale;

/** What identifies a policy in the kernel. */
public record PolicyKey(PolicySelector selector, Direction direction, Mark mark, int ifId) {
    /** As error texts have it: {@code out policy 10.1.0.0/16 to 10.2.0.0/16}. */
    @Override
    public String toString() {
        return direction.name().toLowerCase(Locale.ROOT) + " policy " + selector
                + (mark.isNone() ? "" : " mark " + mark)
                + (ifId == 0 ? "" : " if_id " + Integer.toUnsignedString(ifId));
    }
}
