package org.ikebana.ike.crypto;

import java.util.Arrays;

/**
 * An integrity algorithm that is a truncated message authentication code; stateless.
 *
 * @param macLength octets before truncation
 */
record MacIntegrity(int id, String name, int keyLength, int macLength, int icvLength, MacAlgorithm algorithm)
        implements Integrity {
    @Override
    public byte[] compute(byte[] key, byte[] data, int from, int to) {
        byte[] code = new byte[macLength];
        try (KeyedMac mac = algorithm.withKey(key)) {
            mac.update(data, from, to);
            mac.finish(code, 0);
        }
        return Arrays.copyOf(code, icvLength);
    }
}
