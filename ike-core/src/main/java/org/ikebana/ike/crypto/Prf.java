package org.ikebana.ike.crypto;

/** A pseudorandom function (RFC 7296 2.13); stateless, so that all event loops may share it. */
public interface Prf {
    /** IANA transform ID, {@link org.ikebana.ike.wire.PrfId}. */
    int id();

    /** As in proposals, {@code prfsha384}. */
    String name();

    /** Preferred key length in octets: the length of SK_d, SK_pi and SK_pr (RFC 7296 2.14). */
    int keyLength();

    /**
     * Whether the key of SKEYSEED is cut to {@link #keyLength()}, half of it from either nonce: so for AES-XCBC and
     * AES-CMAC (RFC 7296 2.14).
     */
    default boolean hasFixedKeyLength() {
        return false;
    }

    /** Output length in octets. */
    int outputLength();

    /** {@code prf(key, data[0] | data[1] | …)}; the key may have any length. */
    byte[] compute(byte[] key, byte[]... data);

    /** {@code prf+(key, seed[0] | seed[1] | …)}, {@code length} octets, at most 255 blocks (RFC 7296 2.13). */
    byte[] expand(byte[] key, int length, byte[]... seed);
}
