package org.ikebana.config.token;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.ikebana.ike.crypto.UnusableKeyException;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.wire.Octets;

/** The public key of what a token tells of it (PKCS #11 2.40 mechanisms, 2.1.2 and 2.3.3; 3.0 for EdDSA). */
final class TokenPublicKey {
    private TokenPublicKey() {}

    /** Unsigned, big-endian, both. */
    static VerifyingKey rsa(byte[] modulus, byte[] exponent) throws UnusableKeyException {
        try {
            return decode(new SubjectPublicKeyInfo(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                    new RSAPublicKey(new BigInteger(1, modulus), new BigInteger(1, exponent))));
        } catch (IOException e) {
            throw new IllegalStateException("two integers are always encoded", e);
        }
    }

    /**
     * @param parameters CKA_EC_PARAMS: the curve's object identifier, or, of Edwards curves, perhaps its name
     * @param point CKA_EC_POINT: an octet string with the point
     */
    static Optional<VerifyingKey> curve(byte[] parameters, byte[] point) throws UnusableKeyException {
        try {
            ASN1Primitive curve = ASN1Primitive.fromByteArray(parameters);
            byte[] octets = ASN1OctetString.getInstance(ASN1Primitive.fromByteArray(point))
                    .getOctets();
            if (curve instanceof ASN1String name) {
                return edwards(name.getString().equals("edwards25519"), octets);
            }
            if (!(curve instanceof ASN1ObjectIdentifier oid)) {
                return Optional.empty();
            }
            if (oid.equals(EdECObjectIdentifiers.id_Ed25519) || oid.equals(EdECObjectIdentifiers.id_Ed448)) {
                return edwards(oid.equals(EdECObjectIdentifiers.id_Ed25519), octets);
            }
            return Optional.of(decode(new SubjectPublicKeyInfo(
                    new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, oid), octets)));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // what is malformed is no key
        }
    }

    private static Optional<VerifyingKey> edwards(boolean is25519, byte[] point) throws UnusableKeyException {
        ASN1ObjectIdentifier oid = is25519 ? EdECObjectIdentifiers.id_Ed25519 : EdECObjectIdentifiers.id_Ed448;
        return Optional.of(decode(new SubjectPublicKeyInfo(new AlgorithmIdentifier(oid), point)));
    }

    private static VerifyingKey decode(SubjectPublicKeyInfo info) throws UnusableKeyException {
        try {
            return VerifyingKey.decode(Octets.wrap(info.getEncoded(ASN1Encoding.DER)));
        } catch (IOException e) {
            throw new IllegalStateException("a key that was just made can be encoded", e);
        }
    }
}
