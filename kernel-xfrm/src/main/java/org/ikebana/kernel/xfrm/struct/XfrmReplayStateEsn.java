package org.ikebana.kernel.xfrm.struct;

import java.util.ArrayList;
import java.util.List;
import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.netlink.Struct;

/**
 * {@code struct xfrm_replay_state_esn}: sequence numbers of 64 bits, or windows of more than 32 packets.
 *
 * @param bmpLen length of the bitmap in words
 * @param replayWindow in packets
 * @param bmp the window's bits, 32 a word; may be left out when the state is set, for nothing received yet
 */
public record XfrmReplayStateEsn(
        int bmpLen, int oseq, int seq, int oseqHi, int seqHi, int replayWindow, List<Integer> bmp) implements Struct {
    private static final int BMP_LEN = 0;
    private static final int OSEQ = 4;
    private static final int SEQ = 8;
    private static final int OSEQ_HI = 12;
    private static final int SEQ_HI = 16;
    private static final int REPLAY_WINDOW = 20;
    private static final int BMP = 24;

    public XfrmReplayStateEsn {
        bmp = List.copyOf(bmp);
    }

    public static XfrmReplayStateEsn read(CStruct source) throws NetlinkFormatException {
        CStruct fixed = source.member(0, BMP);
        int bmpLen = fixed.u32(BMP_LEN);
        int octets = source.size() - BMP;
        if (octets != 0 && octets != Integer.toUnsignedLong(bmpLen) * Integer.BYTES) {
            throw new NetlinkFormatException(
                    "A replay window of " + Integer.toUnsignedString(bmpLen) + " words in " + octets + " octets");
        }
        List<Integer> bmp = new ArrayList<>();
        for (int offset = BMP; offset < source.size(); offset += Integer.BYTES) {
            bmp.add(source.u32(offset));
        }
        return new XfrmReplayStateEsn(
                bmpLen,
                fixed.u32(OSEQ),
                fixed.u32(SEQ),
                fixed.u32(OSEQ_HI),
                fixed.u32(SEQ_HI),
                fixed.u32(REPLAY_WINDOW),
                bmp);
    }

    @Override
    public int size() {
        return BMP + bmp.size() * Integer.BYTES;
    }

    @Override
    public void writeTo(CStruct target) {
        target.u32(BMP_LEN, bmpLen);
        target.u32(OSEQ, oseq);
        target.u32(SEQ, seq);
        target.u32(OSEQ_HI, oseqHi);
        target.u32(SEQ_HI, seqHi);
        target.u32(REPLAY_WINDOW, replayWindow);
        for (int i = 0; i < bmp.size(); i++) {
            target.u32(BMP + i * Integer.BYTES, bmp.get(i));
        }
    }
}
