package org.ikebana.crypto.conscrypt;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import org.conscrypt.OpenSSLX25519PublicKey;

/** 32 octets as they are (RFC 8031 3.1); every value is taken, and shown by its shared secret where it will not do. */
record X25519Codec() implements PublicValueCodec {
    private static final int LENGTH = 32;

    @Override
    public String agreement() {
        return "XDH";
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public KeyPairGenerator generator(Provider provider) throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("XDH", provider);
    }

    @Override
    public byte[] encode(PublicKey key) {
        return ((OpenSSLX25519PublicKey) key).getU();
    }

    @Override
    public PublicKey decode(byte[] value, Provider provider) {
        return new OpenSSLX25519PublicKey(value);
    }
}
