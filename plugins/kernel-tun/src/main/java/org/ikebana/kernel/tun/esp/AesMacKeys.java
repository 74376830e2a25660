package org.ikebana.kernel.tun.esp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Optional;
import org.ikebana.ike.crypto.Secret;

/** Derives what {@link EvpAesMac} needs of a key of 16 octets. */
final class AesMacKeys {
    private static final String ECB = "aes-128-ecb";
    private static final String CBC = "aes-128-cbc";
    private static final int BLOCK = EvpAesMac.BLOCK;

    private AesMacKeys() {}

    /** K1, K2 and K3 are constant blocks, encrypted (RFC 3566 4). */
    static Optional<PacketMac> xcbc(Secret key) {
        return EvpCipher.of(ECB, true, key).flatMap(aes -> {
            try (aes;
                    Secret macKey = encrypted(aes, 1);
                    Secret fullMask = encrypted(aes, 2);
                    Secret paddedMask = encrypted(aes, 3)) {
                return mac(macKey, fullMask, paddedMask);
            }
        });
    }

    /** The masks are the encrypted block of zeros, times x and times x squared (RFC 4493 2.3). */
    static Optional<PacketMac> cmac(Secret key) {
        return EvpCipher.of(ECB, true, key).flatMap(aes -> {
            try (aes;
                    Secret start = encrypted(aes, 0);
                    Secret fullMask = doubled(start);
                    Secret paddedMask = doubled(fullMask)) {
                return mac(key, fullMask, paddedMask);
            }
        });
    }

    private static Optional<PacketMac> mac(Secret key, Secret fullMask, Secret paddedMask) {
        return EvpCipher.of(CBC, true, key).map(cbc -> new EvpAesMac(cbc, fullMask.bytes(), paddedMask.bytes()));
    }

    /** A block full of one octet, encrypted. */
    private static Secret encrypted(EvpCipher aes, int octet) {
        byte[] block = new byte[BLOCK];
        Arrays.fill(block, (byte) octet);
        try (SecretMemory memory = new SecretMemory()) {
            MemorySegment nativeBlock = memory.copyOf(block);
            aes.process(nativeBlock.address(), BLOCK);
            return Secret.wrap(nativeBlock.toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /** Times x in GF(2^128), most significant bit first. */
    private static Secret doubled(Secret block) {
        byte[] octets = block.bytes();
        byte[] result = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            int next = i + 1 < BLOCK ? (octets[i + 1] & 0xff) >>> 7 : 0;
            result[i] = (byte) (octets[i] << 1 | next);
        }
        if (octets[0] < 0) {
            result[BLOCK - 1] ^= (byte) 0x87;
        }
        return Secret.wrap(result);
    }
}
