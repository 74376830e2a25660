package org.ikebana.ike.wire;

/** Authentication methods (IANA "IKEv2 Authentication Method", RFC 7296 3.8). */
public final class AuthMethod {
    public static final int RSA_DIGITAL_SIGNATURE = 1;
    public static final int SHARED_KEY_MIC = 2;
    /** RFC 4754, as the next two. */
    public static final int ECDSA_SHA_256_P_256 = 9;

    public static final int ECDSA_SHA_384_P_384 = 10;
    public static final int ECDSA_SHA_512_P_521 = 11;
    /** RFC 7619. */
    public static final int NULL = 13;
    /** RFC 7427. */
    public static final int DIGITAL_SIGNATURE = 14;

    private AuthMethod() {}

    /** For people. */
    public static String name(int method) {
        return switch (method) {
            case RSA_DIGITAL_SIGNATURE -> "RSA signature (method 1)";
            case SHARED_KEY_MIC -> "shared key (method 2)";
            case ECDSA_SHA_256_P_256, ECDSA_SHA_384_P_384, ECDSA_SHA_512_P_521 -> "ECDSA (method " + method + ")";
            case NULL -> "NULL (method 13)";
            case DIGITAL_SIGNATURE -> "digital signature (method 14)";
            default -> "method " + method;
        };
    }
}
