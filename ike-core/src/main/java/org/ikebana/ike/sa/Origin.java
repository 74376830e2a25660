package org.ikebana.ike.sa;

import org.ikebana.ike.task.InitResult;
import org.ikebana.ike.task.Role;
import org.ikebana.ike.wire.Octets;

/**
 * When and by whom an IKE SA was begun; its successors inherit it. Where both ends began at once, each finds out by it which
 * of the two SAs is to go, and both come to the same result.
 */
public final class Origin {
    private final Role role;
    private final long begun;
    private final boolean isAnotherAuthentication;
    private boolean isAuthenticated;
    private long authenticated;
    private Octets lowestNonce = Octets.EMPTY;

    /**
     * @param role ours
     * @param begun when IKE_SA_INIT was sent or answered, in nanoseconds of the environment's clock
     * @param isAnotherAuthentication beside an IKE SA that it is to replace (RFC 7296 2.8.3)
     */
    Origin(Role role, long begun, boolean isAnotherAuthentication) {
        this.role = role;
        this.begun = begun;
        this.isAnotherAuthentication = isAnotherAuthentication;
    }

    /** IKE_AUTH is over. */
    void authenticated(InitResult init, long now) {
        isAuthenticated = true;
        authenticated = now;
        lowestNonce = init.lowestNonce();
    }

    /** It was we who began. */
    public boolean isOurs() {
        return role == Role.INITIATOR;
    }

    /** Begun by us beside an IKE SA that it is to replace (RFC 7296 2.8.3). */
    public boolean isAnotherAuthentication() {
        return isAnotherAuthentication;
    }

    /** Both ends have been authenticated once more since the other one was. */
    public boolean isAuthenticatedAfter(Origin other) {
        return isAuthenticated && other.isAuthenticated && authenticated - other.authenticated > 0;
    }

    /** Ours, begun to go on in the place of what was there before. A rekeyed IKE SA has its predecessor's origin. */
    boolean replaces(Origin other) {
        return isAnotherAuthentication && isOurs() && other != this && !crosses(other);
    }

    /** Each end has begun one of the two before it knew of the other's. */
    public boolean crosses(Origin other) {
        return isAuthenticated && mayCross(other) && other.begun - authenticated <= 0;
    }

    /** Not authenticated yet: its peer may not have known of the other one when it began. */
    public boolean mayCross(Origin other) {
        return other.isAuthenticated && role != other.role && begun - other.authenticated <= 0;
    }

    /** Of two that cross the one with the lowest nonce of all four is to go, as with rekeys (RFC 7296 2.8.2). */
    public boolean losesTo(Origin other) {
        return lowestNonce.compareTo(other.lowestNonce) < 0;
    }
}
