package org.ikebana.kernel.tun.packet;

import org.ikebana.ike.kernel.SaFlags;

/** DSCP and ECN of packets that go into a tunnel and come out of it (RFC 4301 5.1.2, RFC 6040). */
public final class Ecn {
    /** The packet must not be delivered. */
    public static final int DROP = -1;

    static final int NOT_ECT = 0;
    static final int ECT_1 = 1;
    static final int ECT_0 = 2;
    static final int CE = 3;

    private static final int MASK = 3;
    private static final int DSCP = 0xfc;

    private Ecn() {}

    /** The traffic class of the outer header: what is not copied is 0, also ECN's "not capable" (RFC 6040 4.1). */
    public static int outer(SaFlags flags, int inner) {
        return (flags.copyDscpOut() ? inner & DSCP : 0) | (flags.copyEcn() ? inner & MASK : 0);
    }

    /**
     * The traffic class of the inner header after the tunnel.
     *
     * @return or {@link #DROP}, where congestion was experienced that the inner packet cannot tell of (RFC 6040 4.2)
     */
    public static int inner(SaFlags flags, int inner, int outer) {
        int dscp = (flags.copyDscpIn() ? outer : inner) & DSCP;
        int ecn = flags.copyEcn() ? decapsulated(inner & MASK, outer & MASK) : inner & MASK;
        return ecn == DROP ? DROP : dscp | ecn;
    }

    /** RFC 6040 figure 4. */
    private static int decapsulated(int inner, int outer) {
        if (inner == NOT_ECT) {
            return outer == CE ? DROP : NOT_ECT;
        }
        if (outer == CE) {
            return CE;
        }
        return inner == ECT_0 && outer == ECT_1 ? ECT_1 : inner;
    }
}
