package org.ikebana.ike.sa;

import org.ikebana.ike.wire.Octets;
import org.jspecify.annotations.Nullable;

/** The rekeying of one child SA, which either end may have begun, or both. Belongs to {@link ChildRekeys}. */
final class ChildRekey {
    final ChildSa old;

    /** We have asked, or shall as soon as the window is free. */
    boolean isOursUnderWay;

    /** We have closed the old pair meanwhile. */
    boolean isAbandoned;

    /** The kernel has ended the old pair meanwhile. */
    boolean isOldExpired;

    /** What the peer's exchange has made, while it is there. */
    @Nullable ChildSa theirs;

    /** The peer's exchange while additional key exchanges are to come before it has made anything (RFC 9370 2.2.4). */
    @Nullable ChildRekeyAnswer unfinished;

    /** Ours has been answered, and additional key exchanges are to come. */
    boolean isOursAgreed;

    /** Of the peer's exchange; stays when its SA has been deleted again. */
    @Nullable Octets theirLowestNonce;

    ChildRekey(ChildSa old) {
        this.old = old;
    }

    boolean isByPeer() {
        return theirs != null || unfinished != null;
    }

    /** The peer's, unless it has made its pair already, comes to nothing. */
    void forgetUnfinished() {
        if (unfinished != null) {
            unfinished.forget();
            unfinished = null;
        }
    }

    /** The exchange with the lowest nonce of all four has lost (RFC 7296 2.8.1). */
    boolean losesAgainstTheirs(Octets ourLowestNonce) {
        return theirLowestNonce != null && ourLowestNonce.compareTo(theirLowestNonce) < 0;
    }
}
