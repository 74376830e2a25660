package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/**
 * {@code struct xfrm_user_migrate_state}.
 *
 * @param id the SA as it is now
 * @param flags {@code XFRM_MIGRATE_STATE_CLEAR_OFFLOAD} 1, {@code XFRM_MIGRATE_STATE_UPDATE_H2H_SEL} 2
 */
public record XfrmUserMigrateState(
        XfrmUsersaId id,
        XfrmAddress newDaddr,
        XfrmAddress newSaddr,
        XfrmMark oldMark,
        XfrmSelector newSel,
        int newReqid,
        int flags,
        int newFamily)
        implements Struct {
    public static final int SIZE = 132;
    private static final int ID = 0;
    private static final int NEW_DADDR = 24;
    private static final int NEW_SADDR = 40;
    private static final int OLD_MARK = 56;
    private static final int NEW_SEL = 64;
    private static final int NEW_REQID = 120;
    private static final int FLAGS = 124;
    private static final int NEW_FAMILY = 128;

    public static XfrmUserMigrateState read(CStruct source) {
        return new XfrmUserMigrateState(
                XfrmUsersaId.read(source.slice(ID, XfrmUsersaId.SIZE)),
                XfrmAddress.read(source, NEW_DADDR),
                XfrmAddress.read(source, NEW_SADDR),
                XfrmMark.read(source.slice(OLD_MARK, XfrmMark.SIZE)),
                XfrmSelector.read(source.slice(NEW_SEL, XfrmSelector.SIZE)),
                source.u32(NEW_REQID),
                source.u32(FLAGS),
                source.u16(NEW_FAMILY));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        id.writeTo(target.slice(ID, XfrmUsersaId.SIZE));
        newDaddr.writeTo(target, NEW_DADDR);
        newSaddr.writeTo(target, NEW_SADDR);
        oldMark.writeTo(target.slice(OLD_MARK, XfrmMark.SIZE));
        newSel.writeTo(target.slice(NEW_SEL, XfrmSelector.SIZE));
        target.u32(NEW_REQID, newReqid);
        target.u32(FLAGS, flags);
        target.u16(NEW_FAMILY, newFamily);
    }
}
