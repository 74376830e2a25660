package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_user_expire}. */
public record XfrmUserExpire(XfrmUsersaInfo state, int hard) implements Struct {
    public static final int SIZE = 232;
    private static final int STATE = 0;
    private static final int HARD = 224;

    public static XfrmUserExpire read(CStruct source) {
        return new XfrmUserExpire(XfrmUsersaInfo.read(source.slice(STATE, XfrmUsersaInfo.SIZE)), source.u8(HARD));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        state.writeTo(target.slice(STATE, XfrmUsersaInfo.SIZE));
        target.u8(HARD, hard);
    }
}
