package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_usersa_info}. */
public record XfrmUsersaInfo(
        XfrmSelector sel,
        XfrmId id,
        XfrmAddress saddr,
        XfrmLifetimeCfg lft,
        XfrmLifetimeCur curlft,
        XfrmStats stats,
        int seq,
        int reqid,
        int family,
        int mode,
        int replayWindow,
        int flags)
        implements Struct {
    public static final int SIZE = 224;
    private static final int SEL = 0;
    private static final int ID = 56;
    private static final int SADDR = 80;
    private static final int LFT = 96;
    private static final int CURLFT = 160;
    private static final int STATS = 192;
    private static final int SEQ = 204;
    private static final int REQID = 208;
    private static final int FAMILY = 212;
    private static final int MODE = 214;
    private static final int REPLAY_WINDOW = 215;
    private static final int FLAGS = 216;

    public static XfrmUsersaInfo read(CStruct source) {
        return new XfrmUsersaInfo(
                XfrmSelector.read(source.slice(SEL, XfrmSelector.SIZE)),
                XfrmId.read(source.slice(ID, XfrmId.SIZE)),
                XfrmAddress.read(source, SADDR),
                XfrmLifetimeCfg.read(source.slice(LFT, XfrmLifetimeCfg.SIZE)),
                XfrmLifetimeCur.read(source.slice(CURLFT, XfrmLifetimeCur.SIZE)),
                XfrmStats.read(source.slice(STATS, XfrmStats.SIZE)),
                source.u32(SEQ),
                source.u32(REQID),
                source.u16(FAMILY),
                source.u8(MODE),
                source.u8(REPLAY_WINDOW),
                source.u8(FLAGS));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        sel.writeTo(target.slice(SEL, XfrmSelector.SIZE));
        id.writeTo(target.slice(ID, XfrmId.SIZE));
        saddr.writeTo(target, SADDR);
        lft.writeTo(target.slice(LFT, XfrmLifetimeCfg.SIZE));
        curlft.writeTo(target.slice(CURLFT, XfrmLifetimeCur.SIZE));
        stats.writeTo(target.slice(STATS, XfrmStats.SIZE));
        target.u32(SEQ, seq);
        target.u32(REQID, reqid);
        target.u16(FAMILY, family);
        target.u8(MODE, mode);
        target.u8(REPLAY_WINDOW, replayWindow);
        target.u8(FLAGS, flags);
    }
}
