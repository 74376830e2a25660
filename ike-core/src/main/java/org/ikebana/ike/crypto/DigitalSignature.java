package org.ikebana.ike.crypto;

import java.util.Optional;
import org.ikebana.ike.wire.Octets;

/**
 * Authentication Data of method 14, Digital Signature (RFC 7427 3): a length of one octet, an AlgorithmIdentifier of
 * that many, and the signature.
 */
public record DigitalSignature(Octets algorithmIdentifier, Octets value) {
    /** Empty where the length is zero, or nothing is left for a signature. */
    public static Optional<DigitalSignature> decode(Octets data) {
        int length = data.isEmpty() ? 0 : data.at(0);
        return length == 0 || data.length() <= 1 + length
                ? Optional.empty()
                : Optional.of(new DigitalSignature(data.slice(1, 1 + length), data.slice(1 + length, data.length())));
    }

    public Octets encode() {
        int length = algorithmIdentifier.length();
        byte[] data = new byte[1 + length + value.length()];
        data[0] = (byte) length;
        algorithmIdentifier.copyTo(data, 1);
        value.copyTo(data, 1 + length);
        return Octets.wrap(data);
    }
}
