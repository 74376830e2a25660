package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_userpolicy_default}. */
public record XfrmUserpolicyDefault(int in, int fwd, int out) implements Struct {
    public static final int SIZE = 3;
    private static final int IN = 0;
    private static final int FWD = 1;
    private static final int OUT = 2;

    public static XfrmUserpolicyDefault read(CStruct source) {
        return new XfrmUserpolicyDefault(source.u8(IN), source.u8(FWD), source.u8(OUT));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        target.u8(IN, in);
        target.u8(FWD, fwd);
        target.u8(OUT, out);
    }
}
