package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrmu_spdhinfo}. */
public record XfrmuSpdhinfo(int spdhcnt, int spdhmcnt) implements Struct {
    public static final int SIZE = 8;
    private static final int SPDHCNT = 0;
    private static final int SPDHMCNT = 4;

    public static XfrmuSpdhinfo read(CStruct source) {
        return new XfrmuSpdhinfo(source.u32(SPDHCNT), source.u32(SPDHMCNT));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        target.u32(SPDHCNT, spdhcnt);
        target.u32(SPDHMCNT, spdhmcnt);
    }
}
