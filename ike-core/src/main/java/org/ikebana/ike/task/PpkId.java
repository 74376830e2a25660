package org.ikebana.ike.task;

import java.util.Optional;
import org.ikebana.ike.auth.IdType;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.wire.Octets;

/** A PPK_ID (RFC 8784 5.1): one octet of type, then the identifier. */
final class PpkId {
    /** PPK_ID_FIXED: both ends are configured with it. */
    private static final int FIXED = 2;

    /** In octets. No identifier is longer; what a peer sends in its place is not looked for. */
    private static final int MAX_LENGTH = 4096;

    private PpkId() {}

    static Octets toWire(Identity id) {
        byte[] wire = new byte[1 + id.data().length()];
        wire[0] = FIXED;
        id.data().copyTo(wire, 1);
        return Octets.wrap(wire);
    }

    /** The identifier; empty where there is none, or one of a type that is not known here. */
    static Optional<Octets> ofWire(Octets wire) {
        boolean isKnown = wire.length() > 1 && wire.length() <= 1 + MAX_LENGTH && wire.at(0) == FIXED;
        return isKnown ? Optional.of(wire.slice(1, wire.length())) : Optional.empty();
    }

    /** For people; only what is printable as it is. */
    static String text(Octets wire) {
        return ofWire(wire)
                .map(id -> new Identity(IdType.FQDN, id).toString())
                .orElse("of " + wire.length() + " octets, of a kind that is not known here");
    }
}
