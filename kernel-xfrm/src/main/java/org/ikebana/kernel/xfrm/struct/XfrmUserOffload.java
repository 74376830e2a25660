package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_user_offload}. */
public record XfrmUserOffload(int ifindex, int flags) implements Struct {
    public static final int SIZE = 8;
    private static final int IFINDEX = 0;
    private static final int FLAGS = 4;

    public static XfrmUserOffload read(CStruct source) {
        return new XfrmUserOffload(source.u32(IFINDEX), source.u8(FLAGS));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        target.u32(IFINDEX, ifindex);
        target.u8(FLAGS, flags);
    }
}
