package org.ikebana.ike.task;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.Encryption;
import org.ikebana.ike.crypto.Integrity;
import org.ikebana.ike.crypto.KeyExchange;
import org.ikebana.ike.crypto.Prf;
import org.ikebana.ike.proposal.Suite;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.TransformType;
import org.jspecify.annotations.Nullable;

/**
 * The algorithms of a suite, found in the registry.
 *
 * @param additional key exchanges after the first one, in order (RFC 9370)
 */
public record IkeAlgorithms(
        Suite suite,
        Prf prf,
        Encryption encryption,
        @Nullable Integrity integrity,
        KeyExchange keyExchange,
        List<KeyExchange> additional) {
    public IkeAlgorithms {
        additional = List.copyOf(additional);
    }

    /** Empty when the registry lacks one of them. */
    public static Optional<IkeAlgorithms> of(Suite suite, CryptoRegistry crypto) {
        Optional<Prf> prf = suite.transform(TransformType.PRF).flatMap(t -> crypto.prf(t.id()));
        Optional<KeyExchange> keyExchange = suite.transform(TransformType.KE).flatMap(t -> crypto.keyExchange(t.id()));
        Optional<Encryption> encryption = encryption(suite, crypto);
        Optional<Integrity> integrity = integrity(suite, crypto);
        if (prf.isEmpty() || keyExchange.isEmpty() || encryption.isEmpty()) {
            return Optional.empty();
        }
        if (integrity.isEmpty() && !encryption.get().isAead()) {
            return Optional.empty();
        }
        Optional<List<KeyExchange>> additional = additional(suite, crypto);
        return additional.map(methods -> new IkeAlgorithms(
                suite, prf.get(), encryption.get(), integrity.orElse(null), keyExchange.get(), methods));
    }

    /** The additional key exchanges in the order in which they are made (RFC 9370 2.2.1). */
    static Optional<List<KeyExchange>> additional(Suite suite, CryptoRegistry crypto) {
        List<Transform> transforms = suite.additionalKeyExchanges();
        List<KeyExchange> methods = transforms.stream()
                .flatMap(t -> crypto.keyExchange(t.id()).stream())
                .toList();
        return methods.size() == transforms.size() ? Optional.of(methods) : Optional.empty();
    }

    static Optional<Encryption> encryption(Suite suite, CryptoRegistry crypto) {
        return suite.transform(TransformType.ENCR).flatMap(t -> crypto.encryption(t.id(), t.keyBits()));
    }

    static Optional<Integrity> integrity(Suite suite, CryptoRegistry crypto) {
        return suite.transform(TransformType.INTEG).map(Transform::id).flatMap(crypto::integrity);
    }
}
