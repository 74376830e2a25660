package org.ikebana.ike.crypto;

import org.jspecify.annotations.Nullable;

/** Keys from nonces and shared secrets, pure; the names are those of RFC 7296 2.13 to 2.18. */
public final class KeySchedule {
    private KeySchedule() {}

    /** {@code SKEYSEED = prf(Ni | Nr, g^ir)} (RFC 7296 2.14; nonces cut for XCBC and CMAC). */
    public static Secret skeyseed(Prf prf, byte[] ni, byte[] nr, Secret shared) {
        throw new UnsupportedOperationException();
    }

    /** {@code SKEYSEED = prf(SK_d (old), g^ir (new) | Ni | Nr)} for a rekeyed IKE SA, old prf (RFC 7296 2.18). */
    public static Secret skeyseedOfRekey(Prf oldPrf, Secret oldSkD, Secret shared, byte[] ni, byte[] nr) {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }

    /**
     * {@code KEYMAT = prf+(SK_d, [g^ir (new) |] Ni | Nr)}, cut into a child SA's keys (RFC 7296 2.17).
     *
     * @param shared null without a key exchange of its own
     * @param integrity null with an AEAD
     */
    public static ChildKeys childKeys(
            Prf prf,
            Secret skD,
            Encryption encryption,
            @Nullable Integrity integrity,
            @Nullable Secret shared,
            byte[] ni,
            byte[] nr) {
        throw new UnsupportedOperationException();
    }
}
