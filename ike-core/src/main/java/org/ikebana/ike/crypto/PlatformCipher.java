package org.ikebana.ike.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;

/**
 * Ciphers of the Java platform, one for each thread that uses them: what is set up for a key takes more memory than the rest of
 * an IKE SA, and is set up anew for each packet anyhow, with its IV.
 */
enum PlatformCipher {
    AES_CBC("AES/CBC/NoPadding", "AES"),
    TRIPLE_DES_CBC("DESede/CBC/NoPadding", "DESede"),
    AES_CTR("AES/CTR/NoPadding", "AES"),
    AES_GCM("AES/GCM/NoPadding", "AES"),
    CHACHA20_POLY1305("ChaCha20-Poly1305", "ChaCha20");

    private final String transformation;
    private final String keyAlgorithm;
    private final ThreadLocal<Cipher> ofThread;

    PlatformCipher(String transformation, String keyAlgorithm) {
        this.transformation = transformation;
        this.keyAlgorithm = keyAlgorithm;
        this.ofThread = ThreadLocal.withInitial(this::create);
    }

    String keyAlgorithm() {
        return keyAlgorithm;
    }

    /**
     * This thread's; whoever asks for it uses it up before anybody else does. The platform refuses a key with the IV that the
     * same object has just had; that IVs are not used twice is looked after where they are made, and the same packet may well
     * come twice.
     */
    Cipher initialized(int mode, Key key, AlgorithmParameterSpec parameters) throws GeneralSecurityException {
        Cipher cipher = ofThread.get();
        try {
            cipher.init(mode, key, parameters);
            return cipher;
        } catch (InvalidAlgorithmParameterException | InvalidKeyException repeated) {
            Cipher fresh = create();
            fresh.init(mode, key, parameters);
            ofThread.set(fresh);
            return fresh;
        }
    }

    private Cipher create() {
        try {
            return Cipher.getInstance(transformation);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The Java platform offers no " + transformation, e);
        }
    }
}
