package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_user_tmpl}. */
public record XfrmUserTmpl(
        XfrmId id,
        int family,
        XfrmAddress saddr,
        int reqid,
        int mode,
        int share,
        int optional,
        int aalgos,
        int ealgos,
        int calgos)
        implements Struct {
    public static final int SIZE = 64;
    private static final int ID = 0;
    private static final int FAMILY = 24;
    private static final int SADDR = 28;
    private static final int REQID = 44;
    private static final int MODE = 48;
    private static final int SHARE = 49;
    private static final int OPTIONAL = 50;
    private static final int AALGOS = 52;
    private static final int EALGOS = 56;
    private static final int CALGOS = 60;

    public static XfrmUserTmpl read(CStruct source) {
        return new XfrmUserTmpl(
                XfrmId.read(source.slice(ID, XfrmId.SIZE)),
                source.u16(FAMILY),
                XfrmAddress.read(source, SADDR),
                source.u32(REQID),
                source.u8(MODE),
                source.u8(SHARE),
                source.u8(OPTIONAL),
                source.u32(AALGOS),
                source.u32(EALGOS),
                source.u32(CALGOS));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        id.writeTo(target.slice(ID, XfrmId.SIZE));
        target.u16(FAMILY, family);
        saddr.writeTo(target, SADDR);
        target.u32(REQID, reqid);
        target.u8(MODE, mode);
        target.u8(SHARE, share);
        target.u8(OPTIONAL, optional);
        target.u32(AALGOS, aalgos);
        target.u32(EALGOS, ealgos);
        target.u32(CALGOS, calgos);
    }
}
