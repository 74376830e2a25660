package org.ikebana.kernel.tun.esp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import org.ikebana.ike.crypto.RawKey;
import org.ikebana.ike.crypto.Secret;

/**
 * IVs as CBC needs them (RFC 3602 3): nobody can foresee them, and under one key none comes twice. They are the sequence
 * numbers, encrypted by AES under a random key that serves for nothing else; of 8 octets, half of that.
 */
final class UnpredictableIvs implements IvSource {
    static final int KEY_LENGTH = 16;
    private static final int BLOCK = 16;

    private final Cipher aes = Platform.cipher("AES/ECB/NoPadding");
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK);
    private final int ivLength;

    private UnpredictableIvs(int ivLength) {
        this.ivLength = ivLength;
        try (Secret key = randomKey()) {
            aes.init(Cipher.ENCRYPT_MODE, new RawKey("AES", key));
        } catch (GeneralSecurityException e) {
            throw Platform.failed(aes, e);
        }
    }

    /** @param ivLength 8 or 16 octets */
    static IvSource ofPlatform(int ivLength) {
        return new UnpredictableIvs(ivLength);
    }

    static Secret randomKey() {
        byte[] key = new byte[KEY_LENGTH];
        new SecureRandom().nextBytes(key);
        return Secret.wrap(key);
    }

    @Override
    public void write(ByteBuffer memory, int at, long sequence) {
        block.putLong(0, 0).putLong(Long.BYTES, sequence);
        try {
            aes.doFinal(block.array(), 0, BLOCK, block.array(), 0);
        } catch (GeneralSecurityException e) {
            throw Platform.failed(aes, e);
        }
        memory.put(at, block.array(), 0, ivLength);
    }
}
