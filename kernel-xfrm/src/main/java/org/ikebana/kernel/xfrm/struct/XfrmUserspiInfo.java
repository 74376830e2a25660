package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_userspi_info}. */
public record XfrmUserspiInfo(XfrmUsersaInfo info, int min, int max) implements Struct {
    public static final int SIZE = 232;
    private static final int INFO = 0;
    private static final int MIN = 224;
    private static final int MAX = 228;

    public static XfrmUserspiInfo read(CStruct source) {
        return new XfrmUserspiInfo(
                XfrmUsersaInfo.read(source.slice(INFO, XfrmUsersaInfo.SIZE)), source.u32(MIN), source.u32(MAX));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        info.writeTo(target.slice(INFO, XfrmUsersaInfo.SIZE));
        target.u32(MIN, min);
        target.u32(MAX, max);
    }
}
