package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_lifetime_cur}. */
public record XfrmLifetimeCur(long bytes, long packets, long addTime, long useTime) implements Struct {
    public static final int SIZE = 32;
    public static final XfrmLifetimeCur NONE = new XfrmLifetimeCur(0, 0, 0, 0);

    private static final int BYTES = 0;
    private static final int PACKETS = 8;
    private static final int ADD_TIME = 16;
    private static final int USE_TIME = 24;

    public static XfrmLifetimeCur read(CStruct source) {
        return new XfrmLifetimeCur(source.u64(BYTES), source.u64(PACKETS), source.u64(ADD_TIME), source.u64(USE_TIME));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        target.u64(BYTES, bytes);
        target.u64(PACKETS, packets);
        target.u64(ADD_TIME, addTime);
        target.u64(USE_TIME, useTime);
    }
}
