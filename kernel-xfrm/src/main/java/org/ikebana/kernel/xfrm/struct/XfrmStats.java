package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_stats}. */
public record XfrmStats(int replayWindow, int replay, int integrityFailed) implements Struct {
    public static final int SIZE = 12;
    public static final XfrmStats NONE = new XfrmStats(0, 0, 0);

    private static final int REPLAY_WINDOW = 0;
    private static final int REPLAY = 4;
    private static final int INTEGRITY_FAILED = 8;

    public static XfrmStats read(CStruct source) {
        return new XfrmStats(source.u32(REPLAY_WINDOW), source.u32(REPLAY), source.u32(INTEGRITY_FAILED));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        target.u32(REPLAY_WINDOW, replayWindow);
        target.u32(REPLAY, replay);
        target.u32(INTEGRITY_FAILED, integrityFailed);
    }
}
