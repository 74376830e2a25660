package org.ikebana.ike.auth;

/** ID types (RFC 7296 3.5, RFC 7619). */
public final class IdType {
    /** Nobody in particular; reserved on the wire. */
    public static final int ANY = 0;

    public static final int IPV4_ADDR = 1;
    public static final int FQDN = 2;
    public static final int RFC822_ADDR = 3;
    public static final int IPV6_ADDR = 5;
    /** Of IKEv1 (RFC 2407 4.6.2), not for the wire: a pattern, first and last address. Subnets are ranges here, too. */
    public static final int IPV4_ADDR_RANGE = 7;
    /** As {@link #IPV4_ADDR_RANGE}. */
    public static final int IPV6_ADDR_RANGE = 8;

    public static final int DER_ASN1_DN = 9;
    public static final int DER_ASN1_GN = 10;
    public static final int KEY_ID = 11;
    public static final int NULL = 13;

    private IdType() {}

    /** Whether IKEv2 has such a type: not 0, nor what only IKEv1 had. */
    static boolean isForWire(int type) {
        return type >= IPV4_ADDR && type <= RFC822_ADDR || type == IPV6_ADDR || type >= DER_ASN1_DN;
    }
}
