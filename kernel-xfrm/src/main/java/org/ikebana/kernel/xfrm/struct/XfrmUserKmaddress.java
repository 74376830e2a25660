package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_user_kmaddress}. */
public record XfrmUserKmaddress(XfrmAddress local, XfrmAddress remote, int family) implements Struct {
    public static final int SIZE = 40;
    private static final int LOCAL = 0;
    private static final int REMOTE = 16;
    private static final int FAMILY = 36;

    public static XfrmUserKmaddress read(CStruct source) {
        return new XfrmUserKmaddress(
                XfrmAddress.read(source, LOCAL), XfrmAddress.read(source, REMOTE), source.u16(FAMILY));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        local.writeTo(target, LOCAL);
        remote.writeTo(target, REMOTE);
        target.u16(FAMILY, family);
    }
}
