package org.ikebana.ike.sa;

import org.ikebana.ike.kernel.PolicySelector;

/**
 * Priorities of policies, the lowest wins: what passes by the tunnels before the tunnels, and those before what is dropped
 * because no tunnel takes it. Within each kind narrower selectors come before wider ones, and on the same selector an SA's policy
 * before its trap. The figures are those that strongSwan's users know.
 */
final class PolicyPriority {
    private static final int PASS = 200_000;
    private static final int TUNNEL = 400_000;
    private static final int DROP = 600_000;
    private static final int PER_PREFIX_BIT = 512;
    private static final int PER_PROTOCOL = 256;
    private static final int PER_PORT_BIT = 4;
    private static final int NO_TRAP = 1;

    private PolicyPriority() {}

    static int ofSa(PolicySelector selector) {
        return ofTrap(selector) - NO_TRAP;
    }

    static int ofTrap(PolicySelector selector) {
        return TUNNEL - narrowness(selector);
    }

    static int ofPass(PolicySelector selector) {
        return PASS - narrowness(selector) - NO_TRAP;
    }

    static int ofDrop(PolicySelector selector) {
        return DROP - narrowness(selector) - NO_TRAP;
    }

    private static int narrowness(PolicySelector selector) {
        int bits = selector.source().length() + selector.destination().length();
        int ports = Integer.bitCount(selector.sourcePort().mask())
                + Integer.bitCount(selector.destinationPort().mask());
        return bits * PER_PREFIX_BIT + (selector.protocol() == 0 ? 0 : PER_PROTOCOL) + ports * PER_PORT_BIT;
    }
}
