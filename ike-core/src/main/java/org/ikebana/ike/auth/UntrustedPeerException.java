package org.ikebana.ike.auth;

/** No key may be taken for the peer's; the message says why, as part of a sentence. */
public final class UntrustedPeerException extends Exception {
    UntrustedPeerException(String message) {
        super(message);
    }
}
