package org.ikebana.ike.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;

/**
 * The two CBC-MACs of AES-128: each masks the last block, with one mask if the block is full and with another if it
 * had to be padded. Only how key and masks are derived differs.
 */
final class AesMac implements KeyedMac {
    static final int KEY_LENGTH = 16;
    static final int LENGTH = 16;
    private static final int BLOCK = 16;

    private final Cipher aes;
    private final byte[] fullMask;
    private final byte[] paddedMask;
    private final byte[] chain = new byte[BLOCK];
    /** Octets of the current block that have been added to {@link #chain}; encrypted when the next one comes. */
    private int filled;

    private AesMac(Cipher aes, byte[] fullMask, byte[] paddedMask) {
        this.aes = aes;
        this.fullMask = fullMask;
        this.paddedMask = paddedMask;
    }

    /** AES-CMAC (RFC 4493 2.3); {@code key} has 16 octets. */
    static KeyedMac cmac(byte[] key) {
        Cipher aes = aes(key);
        byte[] fullMask = doubled(encrypted(aes, 0));
        return new AesMac(aes, fullMask, doubled(fullMask));
    }

    /** AES-XCBC-MAC (RFC 3566 4); {@code key} has 16 octets. */
    static KeyedMac xcbc(byte[] key) {
        Cipher outer = aes(key);
        byte[] macKey = encrypted(outer, 1);
        try {
            return new AesMac(aes(macKey), encrypted(outer, 2), encrypted(outer, 3));
        } finally {
            Arrays.fill(macKey, (byte) 0);
        }
    }

    /** AES-CMAC-PRF-128 (RFC 4615 3): a key of any other length is hashed to 16 octets. */
    static KeyedMac cmacPrf(byte[] key) {
        byte[] fitted = key.length == KEY_LENGTH ? key.clone() : hashed(AesMac::cmac, key);
        try (Secret wiped = Secret.wrap(fitted)) {
            return cmac(wiped.bytes());
        }
    }

    /** AES-XCBC-PRF-128 (RFC 4434 2): a shorter key is padded with zeros, a longer one hashed to 16 octets. */
    static KeyedMac xcbcPrf(byte[] key) {
        byte[] fitted = key.length <= KEY_LENGTH ? Arrays.copyOf(key, KEY_LENGTH) : hashed(AesMac::xcbc, key);
        try (Secret wiped = Secret.wrap(fitted)) {
            return xcbc(wiped.bytes());
        }
    }

    @Override
    public void update(byte[] data, int from, int to) {
        for (int i = from; i < to; i++) {
            if (filled == BLOCK) {
                encryptChain();
            }
            chain[filled++] ^= data[i];
        }
    }

    @Override
    public void finish(byte[] target, int offset) {
        if (filled < BLOCK) {
            chain[filled] ^= (byte) 0x80;
        }
        byte[] mask = filled == BLOCK ? fullMask : paddedMask;
        for (int i = 0; i < BLOCK; i++) {
            chain[i] ^= mask[i];
        }
        encryptChain();
        System.arraycopy(chain, 0, target, offset, BLOCK);
        Arrays.fill(chain, (byte) 0);
    }

    @Override
    public void close() {
        Arrays.fill(fullMask, (byte) 0);
        Arrays.fill(paddedMask, (byte) 0);
        Arrays.fill(chain, (byte) 0);
    }

    private void encryptChain() {
        try {
            aes.doFinal(chain, 0, BLOCK, chain, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES fails on a single block", e);
        }
        filled = 0;
    }

    private static Cipher aes(byte[] key) {
        try (Secret copy = Secret.copyOf(key)) {
            Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new RawKey("AES", copy));
            return aes;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The Java platform offers no usable AES", e);
        }
    }

    /** A block full of one octet, encrypted. */
    private static byte[] encrypted(Cipher aes, int octet) {
        byte[] block = new byte[BLOCK];
        Arrays.fill(block, (byte) octet);
        try {
            return aes.doFinal(block);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES fails on a single block", e);
        }
    }

    /** Times x in GF(2^128), most significant bit first (RFC 4493 2.3). */
    private static byte[] doubled(byte[] block) {
        byte[] result = new byte[BLOCK];
        int carry = 0;
        for (int i = BLOCK - 1; i >= 0; i--) {
            int octet = block[i] & 0xff;
            result[i] = (byte) (octet << 1 | carry);
            carry = octet >>> 7;
        }
        result[BLOCK - 1] ^= (byte) (-carry & 0x87);
        return result;
    }

    /** The code of the key itself under a key of zeros. */
    private static byte[] hashed(MacAlgorithm algorithm, byte[] key) {
        byte[] hashed = new byte[KEY_LENGTH];
        try (KeyedMac mac = algorithm.withKey(new byte[KEY_LENGTH])) {
            mac.update(key);
            mac.finish(hashed, 0);
        }
        return hashed;
    }
}
