package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_user_report}. */
public record XfrmUserReport(int proto, XfrmSelector sel) implements Struct {
    public static final int SIZE = 60;
    private static final int PROTO = 0;
    private static final int SEL = 4;

    public static XfrmUserReport read(CStruct source) {
        return new XfrmUserReport(source.u8(PROTO), XfrmSelector.read(source.slice(SEL, XfrmSelector.SIZE)));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        target.u8(PROTO, proto);
        sel.writeTo(target.slice(SEL, XfrmSelector.SIZE));
    }
}
