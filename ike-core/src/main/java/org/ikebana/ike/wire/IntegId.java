package org.ikebana.ike.wire;

/** Transform IDs of type 3, integrity (IANA "IKEv2 Parameters", RFC 4868, RFC 4494). */
public final class IntegId {
    public static final int NONE = 0;
    public static final int HMAC_MD5_96 = 1;
    public static final int HMAC_SHA1_96 = 2;
    public static final int AES_XCBC_96 = 5;
    public static final int HMAC_MD5_128 = 6;
    public static final int HMAC_SHA1_160 = 7;
    public static final int AES_CMAC_96 = 8;
    public static final int HMAC_SHA2_256_128 = 12;
    public static final int HMAC_SHA2_384_192 = 13;
    public static final int HMAC_SHA2_512_256 = 14;

    /** HMAC-SHA-256 as Linux and others truncated it before RFC 4868: never negotiated, a number of the private range. */
    public static final int HMAC_SHA2_256_96 = 1027;

    private IntegId() {}
}
