package org.ikebana.ike.eap;

/** Types of requests and responses (RFC 3748 5, IANA "EAP Method Types"). */
public final class EapType {
    public static final int IDENTITY = 1;
    public static final int NOTIFICATION = 2;
    /** Of responses only: other methods are wanted (RFC 3748 5.3.1). */
    public static final int NAK = 3;
    /** RFC 5216, RFC 9190. */
    public static final int TLS = 13;
    /** draft-kamath-pppext-eap-mschapv2. */
    public static final int MSCHAPV2 = 26;

    private EapType() {}
}
