package org.ikebana.ike.wire;

/** Transform IDs of type 1, encryption (IANA "IKEv2 Parameters", RFC 7296 3.3.2, RFC 5282, RFC 7634). */
public final class EncrId {
    /** This one, CAST and Blowfish are for SAs that somebody makes by hand: IKE offers none of them (RFC 8221 5, RFC 9395). */
    public static final int DES_CBC = 2;

    public static final int DES_EDE3_CBC = 3;
    public static final int CAST_CBC = 6;
    public static final int BLOWFISH_CBC = 7;
    public static final int NULL = 11;
    public static final int AES_CBC = 12;
    public static final int AES_CTR = 13;
    public static final int AES_CCM_8 = 14;
    public static final int AES_CCM_12 = 15;
    public static final int AES_CCM_16 = 16;
    public static final int AES_GCM_8 = 18;
    public static final int AES_GCM_12 = 19;
    public static final int AES_GCM_16 = 20;
    /** AES-GMAC for ESP without confidentiality (RFC 4543). */
    public static final int NULL_AUTH_AES_GMAC = 21;

    public static final int CAMELLIA_CBC = 23;
    public static final int CHACHA20_POLY1305 = 28;

    private EncrId() {}
}
