package org.ikebana.kernel.tun.esp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.engines.CamelliaEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.ikebana.ike.crypto.Secret;

/** Camellia in CBC mode (RFC 4312), which the Java platform lacks, of Bouncy Castle. */
final class CamelliaTextCipher implements TextCipher {
    private static final int BLOCK = 16;

    private final BlockCipher cipher = CBCBlockCipher.newInstance(new CamelliaEngine());
    private final IvSource ivs = UnpredictableIvs.ofPlatform(BLOCK);
    private final byte[] iv = new byte[BLOCK];
    private final byte[] block = new byte[BLOCK];
    private final KeyParameter key;

    /** @param key copied */
    CamelliaTextCipher(Secret key) {
        this.key = new KeyParameter(key.bytes());
    }

    @Override
    public int ivLength() {
        return BLOCK;
    }

    @Override
    public void encrypt(ByteBuffer memory, int ivAt, int textLength, long sequence) {
        ivs.write(memory, ivAt, sequence);
        process(true, memory, ivAt, textLength);
    }

    @Override
    public void decrypt(ByteBuffer memory, int ivAt, int textLength) {
        process(false, memory, ivAt, textLength);
    }

    @Override
    public void close() {
        Arrays.fill(key.getKey(), (byte) 0);
        Arrays.fill(block, (byte) 0);
    }

    private void process(boolean encrypt, ByteBuffer memory, int ivAt, int textLength) {
        memory.get(ivAt, iv);
        cipher.init(encrypt, new ParametersWithIV(key, iv));
        int end = ivAt + BLOCK + textLength;
        for (int at = ivAt + BLOCK; at < end; at += BLOCK) {
            memory.get(at, block);
            cipher.processBlock(block, 0, block, 0);
            memory.put(at, block);
        }
    }
}
