package org.ikebana.ike.sa;

import org.ikebana.ike.crypto.IkeKeys;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.proposal.Suite;

/**
 * What a program needs to read the messages of an IKE SA (RFC 7296 2.14), for captures that people ask for. Copies, to be closed.
 *
 * @param skAi empty, as {@code skAr}, with an AEAD
 */
public record IkeSaSecrets(IkeSaId id, Suite suite, Secret skEi, Secret skEr, Secret skAi, Secret skAr)
        implements AutoCloseable {
    static IkeSaSecrets copyOf(IkeSaId id, Suite suite, IkeKeys keys) {
        return new IkeSaSecrets(
                id,
                suite,
                keys.skEi().copy(),
                keys.skEr().copy(),
                keys.skAi().copy(),
                keys.skAr().copy());
    }

    @Override
    public void close() {
        skEi.close();
        skEr.close();
        skAi.close();
        skAr.close();
    }
}
