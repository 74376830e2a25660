package org.ikebana.ike.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.AEADCipher;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;

/** An AEAD of Bouncy Castle: what the platform lacks, CCM and check values of 8 octets in GCM. */
final class BcAeadPacketCipher implements PacketCipher {
    private final AEADCipher cipher;
    private final KeyParameter key;
    private final Nonce nonce;
    private final int icvLength;

    private BcAeadPacketCipher(AEADCipher cipher, Secret key, Nonce nonce, int icvLength) {
        this.cipher = cipher;
        this.key = new KeyParameter(key.bytes());
        this.nonce = nonce;
        this.icvLength = icvLength;
        key.close();
    }

    /** AES-CCM (RFC 4309); takes the key over. */
    static PacketCipher ccm(Secret key, Nonce nonce, int icvLength) {
        return new BcAeadPacketCipher(CCMBlockCipher.newInstance(AESEngine.newInstance()), key, nonce, icvLength);
    }

    /** AES-GCM (RFC 4106); takes the key over. */
    static PacketCipher gcm(Secret key, Nonce nonce, int icvLength) {
        return new BcAeadPacketCipher(GCMBlockCipher.newInstance(AESEngine.newInstance()), key, nonce, icvLength);
    }

    @Override
    public void encrypt(byte[] packet, int associated, int from, int to) {
        prepare(true, packet, associated, from);
        try {
            int written = cipher.processBytes(packet, from, to - from, packet, from);
            cipher.doFinal(packet, from + written);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException(cipher.getAlgorithmName() + " fails to encrypt", e);
        }
    }

    @Override
    public byte @Nullable [] decrypt(byte[] packet, int associated, int from, int to) {
        prepare(false, packet, associated, from);
        byte[] plain = new byte[to - from];
        try {
            int written = cipher.processBytes(packet, from, to - from + icvLength, plain, 0);
            cipher.doFinal(plain, written);
            return plain;
        } catch (InvalidCipherTextException e) {
            return null;
        }
    }

    @Override
    public void close() {
        Arrays.fill(key.getKey(), (byte) 0);
        nonce.wipe();
    }

    private void prepare(boolean encrypt, byte[] packet, int associated, int from) {
        byte[] iv = nonce.of(packet, from).clone(); // the cipher keeps it, to refuse the same one next time
        cipher.init(encrypt, new AEADParameters(key, icvLength * Byte.SIZE, iv));
        cipher.processAADBytes(packet, 0, associated);
    }
}
