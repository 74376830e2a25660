package org.ikebana.ike.wire;

/** Transform IDs of type 4, key exchange methods (IANA "IKEv2 Parameters", RFC 3526, 5903, 6954, 8031, 5114, draft-ietf-ipsecme-ikev2-mlkem). */
public final class KeId {
    public static final int NONE = 0;
    public static final int MODP_1024 = 2;
    public static final int MODP_1536 = 5;
    public static final int MODP_2048 = 14;
    public static final int MODP_3072 = 15;
    public static final int MODP_4096 = 16;
    public static final int MODP_6144 = 17;
    public static final int MODP_8192 = 18;
    public static final int ECP_256 = 19;
    public static final int ECP_384 = 20;
    public static final int ECP_521 = 21;
    public static final int ECP_192 = 25;
    public static final int ECP_224 = 26;
    public static final int BRAINPOOL_P224R1 = 27;
    public static final int BRAINPOOL_P256R1 = 28;
    public static final int BRAINPOOL_P384R1 = 29;
    public static final int BRAINPOOL_P512R1 = 30;
    public static final int CURVE25519 = 31;
    public static final int CURVE448 = 32;
    public static final int ML_KEM_512 = 35;
    public static final int ML_KEM_768 = 36;
    public static final int ML_KEM_1024 = 37;

    private KeId() {}
}
