package org.ikebana.ike.kernel;

import java.util.List;

/**
 * One policy (RFC 4301 4.4.1).
 *
 * @param priority the lowest wins
 * @param templates empty for a plain pass or block
 */
public record Policy(PolicyKey key, int priority, Action action, List<PolicyTemplate> templates) {
    public Policy {
        templates = List.copyOf(templates);
    }

    /** With templates ALLOW means PROTECT. */
    public enum Action {
        ALLOW,
        BLOCK
    }
}
