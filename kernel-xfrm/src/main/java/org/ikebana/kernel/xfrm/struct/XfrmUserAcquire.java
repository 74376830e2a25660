package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_user_acquire}. */
public record XfrmUserAcquire(
        XfrmId id,
        XfrmAddress saddr,
        XfrmSelector sel,
        XfrmUserpolicyInfo policy,
        int aalgos,
        int ealgos,
        int calgos,
        int seq)
        implements Struct {
    public static final int SIZE = 280;
    private static final int ID = 0;
    private static final int SADDR = 24;
    private static final int SEL = 40;
    private static final int POLICY = 96;
    private static final int AALGOS = 264;
    private static final int EALGOS = 268;
    private static final int CALGOS = 272;
    private static final int SEQ = 276;

    public static XfrmUserAcquire read(CStruct source) {
        return new XfrmUserAcquire(
                XfrmId.read(source.slice(ID, XfrmId.SIZE)),
                XfrmAddress.read(source, SADDR),
                XfrmSelector.read(source.slice(SEL, XfrmSelector.SIZE)),
                XfrmUserpolicyInfo.read(source.slice(POLICY, XfrmUserpolicyInfo.SIZE)),
                source.u32(AALGOS),
                source.u32(EALGOS),
                source.u32(CALGOS),
                source.u32(SEQ));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        id.writeTo(target.slice(ID, XfrmId.SIZE));
        saddr.writeTo(target, SADDR);
        sel.writeTo(target.slice(SEL, XfrmSelector.SIZE));
        policy.writeTo(target.slice(POLICY, XfrmUserpolicyInfo.SIZE));
        target.u32(AALGOS, aalgos);
        target.u32(EALGOS, ealgos);
        target.u32(CALGOS, calgos);
        target.u32(SEQ, seq);
    }
}
