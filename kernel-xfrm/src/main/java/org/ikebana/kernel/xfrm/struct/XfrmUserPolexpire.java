package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_user_polexpire}. */
public record XfrmUserPolexpire(XfrmUserpolicyInfo pol, int hard) implements Struct {
    public static final int SIZE = 176;
    private static final int POL = 0;
    private static final int HARD = 168;

    public static XfrmUserPolexpire read(CStruct source) {
        return new XfrmUserPolexpire(
                XfrmUserpolicyInfo.read(source.slice(POL, XfrmUserpolicyInfo.SIZE)), source.u8(HARD));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        pol.writeTo(target.slice(POL, XfrmUserpolicyInfo.SIZE));
        target.u8(HARD, hard);
    }
}
