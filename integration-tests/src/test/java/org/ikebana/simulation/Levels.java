package org.ikebana.simulation;

import org.ikebana.ike.kernel.KernelException;

/**
 * How much of what may grow there is at a moment.
 *
 * @param timers of both hosts, and datagrams on their way
 * @param ikeSas of the gateway
 * @param peersIkeSas of all peers
 * @param halfOpen at the peers
 * @param sas in the gateway's kernel
 * @param policies likewise
 */
record Levels(int timers, int ikeSas, int peersIkeSas, int halfOpen, int sas, int policies) {
    static final Levels NOTHING = new Levels(0, 0, 0, 0, 0, 0);

    static Levels of(Fleet fleet) throws KernelException {
        var kernel = fleet.gateway.memory().snapshot();
        return new Levels(
                fleet.time.waiting(),
                fleet.gateway.engine().ikeSas().size(),
                fleet.peers.engine().ikeSas().size(),
                fleet.peers.engine().halfOpen(),
                kernel.sas().size(),
                kernel.policies().size());
    }

    /** Of each the higher one. */
    Levels max(Levels other) {
        return new Levels(
                Math.max(timers, other.timers),
                Math.max(ikeSas, other.ikeSas),
                Math.max(peersIkeSas, other.peersIkeSas),
                Math.max(halfOpen, other.halfOpen),
                Math.max(sas, other.sas),
                Math.max(policies, other.policies));
    }

    /** Whether none is higher than there, but for so many percent and so many. */
    boolean isWithin(Levels other, int percent, int more) {
        return isWithin(timers, other.timers, percent, more)
                && isWithin(ikeSas, other.ikeSas, percent, more)
                && isWithin(peersIkeSas, other.peersIkeSas, percent, more)
                && isWithin(halfOpen, other.halfOpen, percent, more)
                && isWithin(sas, other.sas, percent, more)
                && isWithin(policies, other.policies, percent, more);
    }

    private static boolean isWithin(int level, int other, int percent, int more) {
        return level <= other + (long) other * percent / 100 + more;
    }
}
