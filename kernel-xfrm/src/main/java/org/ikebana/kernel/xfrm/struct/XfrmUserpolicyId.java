package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_userpolicy_id}. */
public record XfrmUserpolicyId(XfrmSelector sel, int index, int dir) implements Struct {
    public static final int SIZE = 64;
    private static final int SEL = 0;
    private static final int INDEX = 56;
    private static final int DIR = 60;

    public static XfrmUserpolicyId read(CStruct source) {
        return new XfrmUserpolicyId(
                XfrmSelector.read(source.slice(SEL, XfrmSelector.SIZE)), source.u32(INDEX), source.u8(DIR));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        sel.writeTo(target.slice(SEL, XfrmSelector.SIZE));
        target.u32(INDEX, index);
        target.u8(DIR, dir);
    }
}
