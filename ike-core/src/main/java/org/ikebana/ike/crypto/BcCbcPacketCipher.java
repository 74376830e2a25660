package org.ikebana.ike.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.engines.CamelliaEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/** Camellia in CBC mode (RFC 5529) of Bouncy Castle; the platform has none. */
final class BcCbcPacketCipher implements PacketCipher {
    private final BlockCipher cipher = CBCBlockCipher.newInstance(new CamelliaEngine());
    private final KeyParameter key;
    private final Nonce iv;

    private BcCbcPacketCipher(Secret key, Nonce iv) {
        this.key = new KeyParameter(key.bytes());
        this.iv = iv;
        key.close();
    }

    /** Takes the key over. */
    static PacketCipher camellia(Secret key, Nonce iv) {
        return new BcCbcPacketCipher(key, iv);
    }

    @Override
    public void encrypt(byte[] packet, int associated, int from, int to) {
        process(true, packet, from, to, packet, from);
    }

    @Override
    public byte[] decrypt(byte[] packet, int associated, int from, int to) {
        byte[] plain = new byte[to - from];
        process(false, packet, from, to, plain, 0);
        return plain;
    }

    @Override
    public void close() {
        Arrays.fill(key.getKey(), (byte) 0);
    }

    private void process(boolean encrypt, byte[] packet, int from, int to, byte[] target, int targetOffset) {
        cipher.init(encrypt, new ParametersWithIV(key, iv.of(packet, from)));
        for (int i = from; i < to; i += cipher.getBlockSize()) {
            cipher.processBlock(packet, i, target, targetOffset + i - from);
        }
    }
}
