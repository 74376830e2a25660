package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrmu_spdhthresh}. */
public record XfrmuSpdhthresh(int lbits, int rbits) implements Struct {
    public static final int SIZE = 2;
    private static final int LBITS = 0;
    private static final int RBITS = 1;

    public static XfrmuSpdhthresh read(CStruct source) {
        return new XfrmuSpdhthresh(source.u8(LBITS), source.u8(RBITS));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        target.u8(LBITS, lbits);
        target.u8(RBITS, rbits);
    }
}
