package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_user_migrate}. */
public record XfrmUserMigrate(
        XfrmAddress oldDaddr,
        XfrmAddress oldSaddr,
        XfrmAddress newDaddr,
        XfrmAddress newSaddr,
        int proto,
        int mode,
        int reqid,
        int oldFamily,
        int newFamily)
        implements Struct {
    public static final int SIZE = 76;
    private static final int OLD_DADDR = 0;
    private static final int OLD_SADDR = 16;
    private static final int NEW_DADDR = 32;
    private static final int NEW_SADDR = 48;
    private static final int PROTO = 64;
    private static final int MODE = 65;
    private static final int REQID = 68;
    private static final int OLD_FAMILY = 72;
    private static final int NEW_FAMILY = 74;

    public static XfrmUserMigrate read(CStruct source) {
        return new XfrmUserMigrate(
                XfrmAddress.read(source, OLD_DADDR),
                XfrmAddress.read(source, OLD_SADDR),
                XfrmAddress.read(source, NEW_DADDR),
                XfrmAddress.read(source, NEW_SADDR),
                source.u8(PROTO),
                source.u8(MODE),
                source.u32(REQID),
                source.u16(OLD_FAMILY),
                source.u16(NEW_FAMILY));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        oldDaddr.writeTo(target, OLD_DADDR);
        oldSaddr.writeTo(target, OLD_SADDR);
        newDaddr.writeTo(target, NEW_DADDR);
        newSaddr.writeTo(target, NEW_SADDR);
        target.u8(PROTO, proto);
        target.u8(MODE, mode);
        target.u32(REQID, reqid);
        target.u16(OLD_FAMILY, oldFamily);
        target.u16(NEW_FAMILY, newFamily);
    }
}
