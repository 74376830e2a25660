package org.ikebana.crypto.conscrypt;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;

/** How IKE writes public values of a curve, and what JCA calls its algorithms. */
interface PublicValueCodec {
    String agreement();

    /** Octets of a public value. */
    int length();

    KeyPairGenerator generator(Provider provider) throws GeneralSecurityException;

    byte[] encode(PublicKey key);

    /** @throws GeneralSecurityException for a value that is no point of the curve */
    PublicKey decode(byte[] value, Provider provider) throws GeneralSecurityException;
}
