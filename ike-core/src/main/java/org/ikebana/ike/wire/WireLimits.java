package org.ikebana.ike.wire;

/**
 * How much of a kind one message may hold. More is refused as malformed. Memory is bounded already by the octets
 * received, since nothing is allocated for a count or a length before its octets are there; these bound the work.
 */
public final class WireLimits {
    /** Payloads in one chain. */
    public static final int PAYLOADS = 256;
    /** Proposals in an SA payload; their numbers are one octet. */
    public static final int PROPOSALS = 255;
    /** Attributes of one transform; Key Length is the only one there is (RFC 7296 3.3.5). */
    public static final int TRANSFORM_ATTRIBUTES = 8;
    /** SPIs in a Delete payload. */
    public static final int DELETE_SPIS = 4096;
    /** Attributes of a Configuration payload. */
    public static final int CONFIGURATION_ATTRIBUTES = 256;

    private WireLimits() {}

    static void require(int count, int limit, String name) throws MalformedException {
        if (count > limit) {
            throw new MalformedException("more than " + limit + " " + name);
        }
    }
}
