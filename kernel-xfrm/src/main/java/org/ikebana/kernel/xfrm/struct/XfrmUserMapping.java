package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_user_mapping}. */
public record XfrmUserMapping(
        XfrmUsersaId id, int reqid, XfrmAddress oldSaddr, XfrmAddress newSaddr, int oldSport, int newSport)
        implements Struct {
    public static final int SIZE = 64;
    private static final int ID = 0;
    private static final int REQID = 24;
    private static final int OLD_SADDR = 28;
    private static final int NEW_SADDR = 44;
    private static final int OLD_SPORT = 60;
    private static final int NEW_SPORT = 62;

    public static XfrmUserMapping read(CStruct source) {
        return new XfrmUserMapping(
                XfrmUsersaId.read(source.slice(ID, XfrmUsersaId.SIZE)),
                source.u32(REQID),
                XfrmAddress.read(source, OLD_SADDR),
                XfrmAddress.read(source, NEW_SADDR),
                source.be16(OLD_SPORT),
                source.be16(NEW_SPORT));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        id.writeTo(target.slice(ID, XfrmUsersaId.SIZE));
        target.u32(REQID, reqid);
        oldSaddr.writeTo(target, OLD_SADDR);
        newSaddr.writeTo(target, NEW_SADDR);
        target.be16(OLD_SPORT, oldSport);
        target.be16(NEW_SPORT, newSport);
    }
}
