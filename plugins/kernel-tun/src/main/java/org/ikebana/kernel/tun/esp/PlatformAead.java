package org.ikebana.kernel.tun.esp;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.function.Function;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.ikebana.ike.crypto.RawKey;
import org.ikebana.ike.crypto.Secret;

/** An AEAD of the Java platform. */
final class PlatformAead implements HeapAead {
    private final Cipher cipher;
    private final RawKey key;
    private final Function<byte[], AlgorithmParameterSpec> parameters;

    private PlatformAead(String transformation, RawKey key, Function<byte[], AlgorithmParameterSpec> parameters) {
        this.cipher = Platform.cipher(transformation);
        this.key = key;
        this.parameters = parameters;
    }

    /** With a check value of 12 or 16 octets; takes the key over. */
    static HeapAead gcm(Secret key, int icvLength) {
        return new PlatformAead(
                "AES/GCM/NoPadding",
                new RawKey("AES", key),
                nonce -> new GCMParameterSpec(icvLength * Byte.SIZE, nonce));
    }

    /** Takes the key over. */
    static HeapAead chaCha20Poly1305(Secret key) {
        return new PlatformAead("ChaCha20-Poly1305", new RawKey("ChaCha20", key), IvParameterSpec::new);
    }

    @Override
    public int process(
            boolean encrypt,
            byte[] nonce,
            byte[] associated,
            int associatedLength,
            byte[] input,
            int length,
            byte[] output) {
        try {
            cipher.init(encrypt ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, key, parameters.apply(nonce));
            cipher.updateAAD(associated, 0, associatedLength);
            return cipher.doFinal(input, 0, length, output, 0);
        } catch (AEADBadTagException e) {
            return REFUSED;
        } catch (GeneralSecurityException e) {
            throw Platform.failed(cipher, e);
        }
    }

    @Override
    public void close() {
        key.secret().close();
    }
}
