package org.ikebana.ike.crypto;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys from nonces and shared secrets, pure; the names are those of RFC 7296 2.13 to 2.18 and RFC 8784 3. */
public final class KeySchedule {
    private KeySchedule() {}

    /** {@code SKEYSEED = prf(Ni | Nr, g^ir)} (RFC 7296 2.14; nonces cut for XCBC and CMAC). */
    public static Secret skeyseed(Prf prf, byte[] ni, byte[] nr, Secret shared) {
        return Secret.wrap(prf.compute(skeyseedKey(prf, ni, nr), shared.bytes()));
    }

    /**
     * {@code SKEYSEED = prf(SK_d (old), g^ir (new) | Ni | Nr [| SK(1) | … | SK(n)])} for a rekeyed IKE SA, old prf (RFC 7296
     * 2.18, RFC 9370 2.2.4); without the last part likewise for each key exchange in IKE_INTERMEDIATE (RFC 9370 2.2.2).
     */
    public static Secret skeyseedOfRekey(
            Prf oldPrf, Secret oldSkD, Secret shared, byte[] ni, byte[] nr, List<Secret> additional) {
        return Secret.wrap(oldPrf.compute(oldSkD.bytes(), entropy(shared, ni, nr, additional)));
    }

    /** {@code {SK_d | SK_ai | …} = prf+(SKEYSEED, Ni | Nr | SPIi | SPIr)} (RFC 7296 2.14). */
    public static IkeKeys ikeKeys(
            Prf prf,
            Encryption encryption,
            @Nullable Integrity integrity,
            Secret skeyseed,
            byte[] ni,
            byte[] nr,
            long spiI,
            long spiR) {
        int integrityLength = integrity == null ? 0 : integrity.keyLength();
        int length = 3 * prf.keyLength() + 2 * integrityLength + 2 * encryption.keyLength();
        try (KeyMaterial material = new KeyMaterial(prf.expand(skeyseed.bytes(), length, ni, nr, spis(spiI, spiR)))) {
            return new IkeKeys(
                    material.next(prf.keyLength()),
                    material.next(integrityLength),
                    material.next(integrityLength),
                    material.next(encryption.keyLength()),
                    material.next(encryption.keyLength()),
                    material.next(prf.keyLength()),
                    material.next(prf.keyLength()));
        }
    }

    /**
     * {@code SK_d = prf+ (PPK, SK_d')}, likewise SK_pi and SK_pr (RFC 8784 3). The other keys are those of {@code keys}, not
     * copies.
     */
    public static IkeKeys withPpk(Prf prf, Secret ppk, IkeKeys keys) {
        return new IkeKeys(
                mix(prf, ppk, keys.skD()),
                keys.skAi(),
                keys.skAr(),
                keys.skEi(),
                keys.skEr(),
                mix(prf, ppk, keys.skPi()),
                mix(prf, ppk, keys.skPr()));
    }

    /** {@code SKEYSEED' = prf+ (PPK, SK_d)}, from which all keys of the IKE SA are made anew (RFC 9867). */
    public static Secret skeyseedWithPpk(Prf prf, Secret ppk, Secret skD) {
        return mix(prf, ppk, skD);
    }

    /** {@code prf(PPK, Ni | Nr | SPIi | SPIr)}, of which the first octets go on the wire (RFC 9867). */
    public static byte[] ppkConfirmation(Prf prf, Secret ppk, byte[] ni, byte[] nr, long spiI, long spiR) {
        return prf.compute(ppk.bytes(), ni, nr, spis(spiI, spiR));
    }

    /**
     * {@code KEYMAT = prf+(SK_d, [g^ir (new) |] Ni | Nr [| SK(1) | … | SK(n)])}, cut into a child SA's keys (RFC 7296 2.17,
     * RFC 9370 2.2.4).
     *
     * @param shared null without a key exchange of its own
     * @param additional of IKE_FOLLOWUP_KE exchanges, in order
     * @param integrity null with an AEAD
     */
    public static ChildKeys childKeys(
            Prf prf,
            Secret skD,
            Encryption encryption,
            @Nullable Integrity integrity,
            @Nullable Secret shared,
            byte[] ni,
            byte[] nr,
            List<Secret> additional) {
        int integrityLength = integrity == null ? 0 : integrity.keyLength();
        int length = 2 * (encryption.keyLength() + integrityLength);
        byte[] keymat = prf.expand(skD.bytes(), length, entropy(shared, ni, nr, additional));
        try (KeyMaterial material = new KeyMaterial(keymat)) {
            return new ChildKeys(
                    material.next(encryption.keyLength()),
                    material.next(integrityLength),
                    material.next(encryption.keyLength()),
                    material.next(integrityLength));
        }
    }

    private static byte[] spis(long spiI, long spiR) {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(spiI).putLong(spiR).array();
    }

    /** {@code prf+ (PPK, key)}, as long as the key. */
    private static Secret mix(Prf prf, Secret ppk, Secret key) {
        return Secret.wrap(prf.expand(ppk.bytes(), key.length(), key.bytes()));
    }

    private static byte[][] entropy(@Nullable Secret shared, byte[] ni, byte[] nr, List<Secret> additional) {
        List<byte[]> parts = new ArrayList<>(3 + additional.size());
        if (shared != null) {
            parts.add(shared.bytes());
        }
        parts.add(ni);
        parts.add(nr);
        additional.forEach(secret -> parts.add(secret.bytes()));
        return parts.toArray(new byte[0][]);
    }

    /** {@code Ni | Nr}, or half a key from either where the PRF's key has a fixed length (RFC 7296 2.14). */
    private static byte[] skeyseedKey(Prf prf, byte[] ni, byte[] nr) {
        int half = prf.keyLength() / 2;
        int lengthI = prf.hasFixedKeyLength() ? half : ni.length;
        int lengthR = prf.hasFixedKeyLength() ? half : nr.length;
        return ByteBuffer.allocate(lengthI + lengthR)
                .put(ni, 0, lengthI)
                .put(nr, 0, lengthR)
                .array();
    }

    /** The output of prf+, from which keys are taken in order; wiped at the end. */
    private static final class KeyMaterial implements AutoCloseable {
        private final byte[] octets;
        private int taken;

        KeyMaterial(byte[] octets) {
            this.octets = octets;
        }

        Secret next(int length) {
            taken += length;
            return length == 0 ? Secret.EMPTY : Secret.wrap(Arrays.copyOfRange(octets, taken - length, taken));
        }

        @Override
        public void close() {
            Arrays.fill(octets, (byte) 0);
        }
    }
}
