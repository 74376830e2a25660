package org.ikebana.ike.crypto;

import javax.crypto.SecretKey;

/**
 * A secret as the platform wants its keys, without the copy that {@code SecretKeySpec} makes and cannot wipe. The
 * platform's HMAC, AES and GCM wipe what they get from {@link #getEncoded()}.
 */
public record RawKey(String algorithm, Secret secret) implements SecretKey {
    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        return secret.bytes().clone();
    }
}
