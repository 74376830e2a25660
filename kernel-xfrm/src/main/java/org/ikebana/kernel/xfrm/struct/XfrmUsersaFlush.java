package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_usersa_flush}. */
public record XfrmUsersaFlush(int proto) implements Struct {
    public static final int SIZE = 1;
    private static final int PROTO = 0;

    public static XfrmUsersaFlush read(CStruct source) {
        return new XfrmUsersaFlush(source.u8(PROTO));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        target.u8(PROTO, proto);
    }
}
