package org.ikebana.kernel.rtnetlink;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/**
 * {@code struct fib_rule_hdr}: which table is asked for which packets.
 *
 * @param family {@code AF_INET} or {@code AF_INET6}
 * @param table its lower eight bits; {@link Fra#TABLE} has them all
 * @param action {@code FR_ACT_}
 */
public record FibRuleHdr(int family, int destinationLength, int sourceLength, int tos, int table, int action, int flags)
        implements Struct {
    public static final int SIZE = 12;

    public static final int FR_ACT_TO_TBL = 1;
    /** What the rule says of a packet must not be so. */
    public static final int FIB_RULE_INVERT = 0x2;

    private static final int FAMILY = 0;
    private static final int DST_LEN = 1;
    private static final int SRC_LEN = 2;
    private static final int TOS = 3;
    private static final int TABLE = 4;
    private static final int ACTION = 7;
    private static final int FLAGS = 8;

    static FibRuleHdr read(CStruct source) {
        return new FibRuleHdr(
                source.u8(FAMILY),
                source.u8(DST_LEN),
                source.u8(SRC_LEN),
                source.u8(TOS),
                source.u8(TABLE),
                source.u8(ACTION),
                source.u32(FLAGS));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        target.u8(FAMILY, family);
        target.u8(DST_LEN, destinationLength);
        target.u8(SRC_LEN, sourceLength);
        target.u8(TOS, tos);
        target.u8(TABLE, table);
        target.u8(ACTION, action);
        target.u32(FLAGS, flags);
    }
}
