package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_userpolicy_info}. */
public record XfrmUserpolicyInfo(
        XfrmSelector sel,
        XfrmLifetimeCfg lft,
        XfrmLifetimeCur curlft,
        int priority,
        int index,
        int dir,
        int action,
        int flags,
        int share)
        implements Struct {
    public static final int SIZE = 168;
    private static final int SEL = 0;
    private static final int LFT = 56;
    private static final int CURLFT = 120;
    private static final int PRIORITY = 152;
    private static final int INDEX = 156;
    private static final int DIR = 160;
    private static final int ACTION = 161;
    private static final int FLAGS = 162;
    private static final int SHARE = 163;

    public static XfrmUserpolicyInfo read(CStruct source) {
        return new XfrmUserpolicyInfo(
                XfrmSelector.read(source.slice(SEL, XfrmSelector.SIZE)),
                XfrmLifetimeCfg.read(source.slice(LFT, XfrmLifetimeCfg.SIZE)),
                XfrmLifetimeCur.read(source.slice(CURLFT, XfrmLifetimeCur.SIZE)),
                source.u32(PRIORITY),
                source.u32(INDEX),
                source.u8(DIR),
                source.u8(ACTION),
                source.u8(FLAGS),
                source.u8(SHARE));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        sel.writeTo(target.slice(SEL, XfrmSelector.SIZE));
        lft.writeTo(target.slice(LFT, XfrmLifetimeCfg.SIZE));
        curlft.writeTo(target.slice(CURLFT, XfrmLifetimeCur.SIZE));
        target.u32(PRIORITY, priority);
        target.u32(INDEX, index);
        target.u8(DIR, dir);
        target.u8(ACTION, action);
        target.u8(FLAGS, flags);
        target.u8(SHARE, share);
    }
}
