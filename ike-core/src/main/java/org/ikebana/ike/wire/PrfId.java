package org.ikebana.ike.wire;

/** Transform IDs of type 2, pseudorandom functions (IANA "IKEv2 Parameters", RFC 4868, RFC 4434, RFC 4615). */
public final class PrfId {
    public static final int HMAC_MD5 = 1;
    public static final int HMAC_SHA1 = 2;
    public static final int AES128_XCBC = 4;
    public static final int HMAC_SHA2_256 = 5;
    public static final int HMAC_SHA2_384 = 6;
    public static final int HMAC_SHA2_512 = 7;
    public static final int AES128_CMAC = 8;

    private PrfId() {}
}
