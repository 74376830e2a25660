package org.ikebana.ike.crypto;

import java.util.Optional;

/** What a {@link CryptoProvider} has that is better than the standard algorithm; as safe for use by several threads. */
public interface ProvidedAlgorithms {
    /** @param id IANA transform ID, {@link org.ikebana.ike.wire.KeId} */
    Optional<KeyExchange> keyExchange(int id);

    Optional<ProvidedSignature> signature(SignatureScheme scheme);
}
