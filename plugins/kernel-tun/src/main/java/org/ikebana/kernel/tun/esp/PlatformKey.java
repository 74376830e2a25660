package org.ikebana.kernel.tun.esp;

import javax.crypto.SecretKey;
import org.ikebana.ike.crypto.Secret;

/** A secret as the Java platform wants its keys, without the copy of {@code SecretKeySpec}, which cannot be wiped. */
record PlatformKey(String algorithm, Secret secret) implements SecretKey {
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
