package org.ikebana.kernel.xfrm.table;

import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmReplayState;
import org.ikebana.kernel.xfrm.struct.XfrmReplayStateEsn;
import org.ikebana.kernel.xfrm.struct.XfrmUsersaInfo;

/**
 * Where the sequence numbers of an SA stand (RFC 4303 2.2, 3.4.3).
 *
 * @param extended 64-bit sequence numbers
 * @param window in packets, 0 for none
 * @param sent the last number that was sent
 * @param received the highest number that came
 */
public record ReplayState(boolean extended, int window, long sent, long received) {
    /** {@code XFRM_STATE_ESN}. */
    private static final int ESN = 0x80;

    static ReplayState read(XfrmUsersaInfo info, Attributes attributes) {
        boolean extended = (info.flags() & ESN) != 0;
        return attributes
                .get(Xfrma.REPLAY_ESN_VAL)
                .map(state -> read(extended, state))
                .orElseGet(() -> attributes
                        .get(Xfrma.REPLAY_VAL)
                        .map(state -> read(info.replayWindow(), state))
                        .orElse(new ReplayState(extended, info.replayWindow(), 0, 0)));
    }

    /** How many more packets may be sent under the SA's keys. */
    public long left() {
        return extended ? Long.MAX_VALUE - sent : 0xffffffffL - sent;
    }

    private static ReplayState read(boolean extended, XfrmReplayStateEsn state) {
        return new ReplayState(
                extended,
                state.replayWindow(),
                number(state.oseqHi(), state.oseq()),
                number(state.seqHi(), state.seq()));
    }

    private static ReplayState read(int window, XfrmReplayState state) {
        return new ReplayState(false, window, number(0, state.oseq()), number(0, state.seq()));
    }

    private static long number(int high, int low) {
        return (long) high << 32 | Integer.toUnsignedLong(low);
    }
}
