package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_replay_state}. */
public record XfrmReplayState(int oseq, int seq, int bitmap) implements Struct {
    public static final int SIZE = 12;
    private static final int OSEQ = 0;
    private static final int SEQ = 4;
    private static final int BITMAP = 8;

    public static XfrmReplayState read(CStruct source) {
        return new XfrmReplayState(source.u32(OSEQ), source.u32(SEQ), source.u32(BITMAP));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        target.u32(OSEQ, oseq);
        target.u32(SEQ, seq);
        target.u32(BITMAP, bitmap);
    }
}
