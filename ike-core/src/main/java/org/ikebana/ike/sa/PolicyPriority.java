package org.ikebana.ike.sa;

import org.ikebana.ike.kernel.PolicySelector;

/**
 * Priorities of policies, the lowest wins: narrower selectors before wider ones, and on the same selector an SA's
 * policy before its trap. The order among tunnels is the one that strongSwan's users know.
 */
final class PolicyPriority {
    private static final int BASE = 200_000;
    private static final int PER_PREFIX_BIT = 512;
    private static final int PER_PROTOCOL = 256;
    private static final int PER_PORT_BIT = 4;
    private static final int NO_TRAP = 1;

    private PolicyPriority() {}

    static int ofSa(PolicySelector selector) {
        return ofTrap(selector) - NO_TRAP;
    }

    static int ofTrap(PolicySelector selector) {
        int bits = selector.source().length() + selector.destination().length();
        int ports = Integer.bitCount(selector.sourcePort().mask())
                + Integer.bitCount(selector.destinationPort().mask());
        return BASE - bits * PER_PREFIX_BIT - (selector.protocol() == 0 ? 0 : PER_PROTOCOL) - ports * PER_PORT_BIT;
    }
}
