package org.ikebana.ike.crypto;

import java.util.Arrays;

/** A PRF that is a message authentication code; stateless. */
record MacPrf(int id, String name, int keyLength, int outputLength, boolean hasFixedKeyLength, MacAlgorithm algorithm)
        implements Prf {
    /** The block counter of prf+ is a single octet (RFC 7296 2.13). */
    private static final int MAX_BLOCKS = 255;

    @Override
    public byte[] compute(byte[] key, byte[]... data) {
        byte[] output = new byte[outputLength];
        try (KeyedMac mac = algorithm.withKey(key)) {
            for (byte[] part : data) {
                mac.update(part);
            }
            mac.finish(output, 0);
        }
        return output;
    }

    @Override
    public byte[] expand(byte[] key, int length, byte[]... seed) {
        int blocks = Math.ceilDiv(length, outputLength);
        if (blocks > MAX_BLOCKS) {
            throw new IllegalArgumentException("prf+ of " + name + " ends at " + MAX_BLOCKS * outputLength + " octets, "
                    + length + " were asked for");
        }
        byte[] output = new byte[length];
        byte[] block = new byte[outputLength];
        try (KeyedMac mac = algorithm.withKey(key)) {
            for (int i = 1; i <= blocks; i++) {
                if (i > 1) {
                    mac.update(block);
                }
                for (byte[] part : seed) {
                    mac.update(part);
                }
                mac.update(new byte[] {(byte) i});
                mac.finish(block, 0);
                int from = (i - 1) * outputLength;
                System.arraycopy(block, 0, output, from, Math.min(outputLength, length - from));
            }
        } finally {
            Arrays.fill(block, (byte) 0);
        }
        return output;
    }
}
