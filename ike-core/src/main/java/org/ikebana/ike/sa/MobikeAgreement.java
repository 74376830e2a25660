package org.ikebana.ike.sa;

import java.net.InetAddress;
import java.util.List;
import org.ikebana.ike.task.MobikeSupport;
import org.ikebana.ike.task.Role;

/**
 * What the ends have agreed on about changes of addresses; it outlives the rekeying of the IKE SA.
 *
 * @param decides we began the first of the IKE SAs: the addresses are ours to choose (RFC 4555 2, 3.5)
 * @param peerAddresses further ones of the peer
 */
record MobikeAgreement(boolean agreed, boolean decides, List<InetAddress> peerAddresses) {
    MobikeAgreement {
        peerAddresses = List.copyOf(peerAddresses);
    }

    static MobikeAgreement of(MobikeSupport exchanged, Role role) {
        return new MobikeAgreement(exchanged.agreed(), role == Role.INITIATOR, exchanged.peerAddresses());
    }

    MobikeAgreement with(List<InetAddress> newPeerAddresses) {
        return new MobikeAgreement(agreed, decides, newPeerAddresses);
    }
}
