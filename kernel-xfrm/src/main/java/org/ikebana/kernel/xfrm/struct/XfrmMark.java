package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_mark}. */
public record XfrmMark(int v, int m) implements Struct {
    public static final int SIZE = 8;
    private static final int V = 0;
    private static final int M = 4;

    public static XfrmMark read(CStruct source) {
        return new XfrmMark(source.u32(V), source.u32(M));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        target.u32(V, v);
        target.u32(M, m);
    }
}
