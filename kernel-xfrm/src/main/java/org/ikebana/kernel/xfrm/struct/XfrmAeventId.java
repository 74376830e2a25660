package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_aevent_id}. */
public record XfrmAeventId(XfrmUsersaId saId, XfrmAddress saddr, int flags, int reqid) implements Struct {
    public static final int SIZE = 48;
    private static final int SA_ID = 0;
    private static final int SADDR = 24;
    private static final int FLAGS = 40;
    private static final int REQID = 44;

    public static XfrmAeventId read(CStruct source) {
        return new XfrmAeventId(
                XfrmUsersaId.read(source.slice(SA_ID, XfrmUsersaId.SIZE)),
                XfrmAddress.read(source, SADDR),
                source.u32(FLAGS),
                source.u32(REQID));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        saId.writeTo(target.slice(SA_ID, XfrmUsersaId.SIZE));
        saddr.writeTo(target, SADDR);
        target.u32(FLAGS, flags);
        target.u32(REQID, reqid);
    }
}
