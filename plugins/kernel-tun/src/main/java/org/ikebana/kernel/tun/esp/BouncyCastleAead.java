package org.ikebana.kernel.tun.esp;

import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.AEADCipher;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.ikebana.ike.crypto.Secret;

/** What the Java platform lacks: CCM, and GCM with check values of 8 octets. */
final class BouncyCastleAead implements HeapAead {
    private final AEADCipher cipher;
    private final KeyParameter key;
    private final int icvLength;

    private BouncyCastleAead(AEADCipher cipher, Secret key, int icvLength) {
        this.cipher = cipher;
        this.key = new KeyParameter(key.bytes());
        this.icvLength = icvLength;
        key.close();
    }

    /** Takes the key over. */
    static HeapAead ccm(Secret key, int icvLength) {
        return new BouncyCastleAead(CCMBlockCipher.newInstance(AESEngine.newInstance()), key, icvLength);
    }

    /** Takes the key over. */
    static HeapAead gcm(Secret key, int icvLength) {
        return new BouncyCastleAead(GCMBlockCipher.newInstance(AESEngine.newInstance()), key, icvLength);
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
        cipher.init(encrypt, new AEADParameters(key, icvLength * Byte.SIZE, nonce));
        cipher.processAADBytes(associated, 0, associatedLength);
        try {
            int written = cipher.processBytes(input, 0, length, output, 0);
            return written + cipher.doFinal(output, written);
        } catch (InvalidCipherTextException e) {
            return REFUSED;
        }
    }

    @Override
    public void close() {
        Arrays.fill(key.getKey(), (byte) 0);
    }
}
