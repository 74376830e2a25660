package org.ikebana.ike.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * What a public key is named by.
 *
 * @param ofKey SHA-1 of the subjectPublicKey, 20 octets: the key identifier of certificates (RFC 5280 4.2.1.2)
 * @param ofInfo SHA-1 of the SubjectPublicKeyInfo, 20 octets: what CERTREQ names a CA by (RFC 7296 3.7)
 */
public record KeyIdentifiers(byte[] ofKey, byte[] ofInfo) {
    public static KeyIdentifiers of(VerifyingKey key) {
        byte[] info = key.encoded().toByteArray();
        return new KeyIdentifiers(
                sha1(SubjectPublicKeyInfo.getInstance(info).getPublicKeyData().getOctets()), sha1(info));
    }

    private static byte[] sha1(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The Java platform offers no SHA-1", e);
        }
    }
}
