package org.ikebana.ike.x509;

import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.ikebana.ike.crypto.AlgorithmIdentifiers;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.HashAlgorithm;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.wire.Octets;

/**
 * A signature on something about certificates.
 *
 * @param algorithm an AlgorithmIdentifier in DER
 * @param signed what it is made of
 */
record StatusSignature(Octets algorithm, byte[] signed, byte[] value) {
    static StatusSignature of(AlgorithmIdentifier algorithm, byte[] signed, byte[] value) throws IOException {
        return new StatusSignature(Octets.wrap(algorithm.getEncoded("DER")), signed, value);
    }

    /** @throws UnusableStatusException when the key has not signed, or by what is not accepted, SHA-1 among it */
    void verify(VerifyingKey key, CryptoRegistry crypto) throws UnusableStatusException {
        Optional<SignatureScheme> scheme =
                AlgorithmIdentifiers.decode(algorithm).filter(known -> known.hash() != HashAlgorithm.SHA1);
        if (scheme.isEmpty()) {
            throw new UnusableStatusException("it is signed by the algorithm "
                    + AlgorithmIdentifiers.describe(algorithm) + ", which is not accepted");
        }
        boolean isRight = scheme.get().keyType() == key.type()
                && crypto.signature(scheme.get())
                        .filter(known -> known.verify(key, signed, value))
                        .isPresent();
        if (!isRight) {
            throw new UnusableStatusException("its signature is not of the key that it should be of");
        }
    }
}
