package org.ikebana.ike.proposal;

import java.util.OptionalInt;

/**
 * How a responder chooses.
 *
 * @param preference whose order of proposals and of transforms counts
 * @param keyExchange whether key exchanges are negotiated
 * @param groupAtHand a key exchange method to be taken where a matching proposal allows it, which saves the round trip
 *     of INVALID_KE_PAYLOAD (RFC 7296 1.2); empty to go by preference alone
 */
public record SelectionPolicy(Preference preference, KeyExchangeUse keyExchange, OptionalInt groupAtHand) {
    /** Our order, with key exchanges. */
    public static final SelectionPolicy DEFAULT =
            new SelectionPolicy(Preference.OURS, KeyExchangeUse.NEGOTIATED, OptionalInt.empty());

    /** strongSwan's {@code charon.prefer_configured_proposals}. */
    public enum Preference {
        OURS,
        PEERS
    }

    public enum KeyExchangeUse {
        NEGOTIATED,
        /** The child SA of an IKE_AUTH exchange has none of its own, whatever is offered (RFC 7296 1.2). */
        IGNORED
    }

    public SelectionPolicy preferringPeer() {
        return new SelectionPolicy(Preference.PEERS, keyExchange, groupAtHand);
    }

    public SelectionPolicy ignoringKeyExchange() {
        return new SelectionPolicy(preference, KeyExchangeUse.IGNORED, groupAtHand);
    }

    /** @param method of the KE payload that came along, {@link org.ikebana.ike.wire.KeId} */
    public SelectionPolicy withGroupAtHand(int method) {
        return new SelectionPolicy(preference, keyExchange, OptionalInt.of(method));
    }
}
