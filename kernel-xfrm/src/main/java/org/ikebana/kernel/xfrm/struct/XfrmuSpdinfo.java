package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrmu_spdinfo}. */
public record XfrmuSpdinfo(int incnt, int outcnt, int fwdcnt, int inscnt, int outscnt, int fwdscnt) implements Struct {
    public static final int SIZE = 24;
    private static final int INCNT = 0;
    private static final int OUTCNT = 4;
    private static final int FWDCNT = 8;
    private static final int INSCNT = 12;
    private static final int OUTSCNT = 16;
    private static final int FWDSCNT = 20;

    public static XfrmuSpdinfo read(CStruct source) {
        return new XfrmuSpdinfo(
                source.u32(INCNT),
                source.u32(OUTCNT),
                source.u32(FWDCNT),
                source.u32(INSCNT),
                source.u32(OUTSCNT),
                source.u32(FWDSCNT));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        target.u32(INCNT, incnt);
        target.u32(OUTCNT, outcnt);
        target.u32(FWDCNT, fwdcnt);
        target.u32(INSCNT, inscnt);
        target.u32(OUTSCNT, outscnt);
        target.u32(FWDSCNT, fwdscnt);
    }
}
