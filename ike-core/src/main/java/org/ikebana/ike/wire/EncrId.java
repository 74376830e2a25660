package org.ikebana.ike.wire;

/** Transform IDs of type 1, encryption (IANA "IKEv2 Parameters", RFC 7296 3.3.2, RFC 5282, RFC 7634). */
public final class EncrId {
    public static final int DES_EDE3_CBC = 3;
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
