package org.ikebana.kernel.tun.esp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import org.ikebana.ike.crypto.RawKey;
import org.ikebana.ike.crypto.Secret;

/** CBC (RFC 3602, RFC 2451) and AES-CTR (RFC 3686) of the Java platform. */
final class PlatformTextCipher implements TextCipher {
    private static final int COUNTER_IV_LENGTH = 8;
    private static final int COUNTER_BLOCK_LENGTH = 16;

    private final Cipher cipher;
    private final RawKey key;
    private final IvSource ivs;
    private final int ivLength;
    /** What the cipher starts with; an explicit IV goes to {@link #ivOffset}. */
    private final byte[] start;

    private final int ivOffset;
    private byte[] text = new byte[0];

    private PlatformTextCipher(
            String transformation, RawKey key, IvSource ivs, int ivLength, byte[] start, int ivOffset) {
        this.cipher = Platform.cipher(transformation);
        this.key = key;
        this.ivs = ivs;
        this.ivLength = ivLength;
        this.start = start;
        this.ivOffset = ivOffset;
    }

    /** @param key copied */
    static TextCipher cbc(String algorithm, int blockLength, Secret key) {
        return new PlatformTextCipher(
                algorithm + "/CBC/NoPadding",
                new RawKey(algorithm, key.copy()),
                UnpredictableIvs.ofPlatform(blockLength),
                blockLength,
                new byte[blockLength],
                0);
    }

    /** Nonce, IV and a block counter that starts with one (RFC 3686 4). Takes key and nonce over. */
    static TextCipher ctr(Secret key, Secret nonce) {
        byte[] start = Arrays.copyOf(nonce.bytes(), COUNTER_BLOCK_LENGTH);
        start[COUNTER_BLOCK_LENGTH - 1] = 1;
        nonce.close();
        return new PlatformTextCipher(
                "AES/CTR/NoPadding",
                new RawKey("AES", key),
                ByteBuffer::putLong,
                COUNTER_IV_LENGTH,
                start,
                nonce.length());
    }

    @Override
    public int ivLength() {
        return ivLength;
    }

    @Override
    public void encrypt(ByteBuffer memory, int ivAt, int textLength, long sequence) {
        ivs.write(memory, ivAt, sequence);
        process(Cipher.ENCRYPT_MODE, memory, ivAt, textLength);
    }

    @Override
    public void decrypt(ByteBuffer memory, int ivAt, int textLength) {
        process(Cipher.DECRYPT_MODE, memory, ivAt, textLength);
    }

    @Override
    public void close() {
        key.secret().close();
        Arrays.fill(start, (byte) 0);
        Arrays.fill(text, (byte) 0);
    }

    private void process(int mode, ByteBuffer memory, int ivAt, int textLength) {
        if (text.length < textLength) {
            text = new byte[textLength];
        }
        memory.get(ivAt, start, ivOffset, ivLength);
        memory.get(ivAt + ivLength, text, 0, textLength);
        try {
            cipher.init(mode, key, new IvParameterSpec(start));
            cipher.doFinal(text, 0, textLength, text, 0);
        } catch (GeneralSecurityException e) {
            throw Platform.failed(cipher, e);
        }
        memory.put(ivAt + ivLength, text, 0, textLength);
    }
}
