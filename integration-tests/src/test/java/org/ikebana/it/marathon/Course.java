package org.ikebana.it.marathon;

import org.ikebana.it.peer.TunnelOnCommand.Subject;

/**
 * How many rekeys each end begins, and how many of these together with the other one.
 *
 * @param child of the child SA
 * @param ike of the IKE SA
 */
record Course(int child, int ike) {
    private static final int ONE_IN = 5;

    /** A few, for every day. */
    static final Course SHORT = new Course(10, 3);

    int atOnce(Subject subject) {
        return (count(subject) + ONE_IN - 1) / ONE_IN;
    }

    int alone(Subject subject) {
        return count(subject) - atOnce(subject);
    }

    private int count(Subject subject) {
        return switch (subject) {
            case CHILD -> child;
            case IKE -> ike;
        };
    }
}
