package org.ikebana.ike.task;

import java.security.SecureRandom;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.wire.NoncePayload;
import org.ikebana.ike.wire.Octets;

/** Nonces of an exchange (RFC 7296 2.10). */
final class Nonces {
    /** At least half the prf's key and 16 octets; 32 serve every prf we have. */
    private static final int LENGTH = 32;

    private static final int MIN = 16;
    private static final int MAX = 256;

    private Nonces() {}

    static Octets fresh(SecureRandom random) {
        byte[] nonce = new byte[LENGTH];
        random.nextBytes(nonce);
        return Octets.wrap(nonce);
    }

    static Octets of(InboundMessage message) throws ExchangeException {
        Octets nonce = message.required(NoncePayload.class, "nonce").nonce();
        if (nonce.length() < MIN || nonce.length() > MAX) {
            throw new ExchangeException(new Failure.Malformed("a nonce of " + nonce.length() + " octets"));
        }
        return nonce;
    }

    static Octets lower(Octets one, Octets other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
