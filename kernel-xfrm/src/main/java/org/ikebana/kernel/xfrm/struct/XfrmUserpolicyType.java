package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_userpolicy_type}. */
public record XfrmUserpolicyType(int type) implements Struct {
    public static final int SIZE = 6;
    private static final int TYPE = 0;

    public static XfrmUserpolicyType read(CStruct source) {
        return new XfrmUserpolicyType(source.u8(TYPE));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        target.u8(TYPE, type);
    }
}
