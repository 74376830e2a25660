package org.ikebana.kernel.rtnetlink;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/**
 * {@code struct rtmsg}: a route.
 *
 * @param family {@code AF_INET} or {@code AF_INET6}
 * @param destinationLength of the prefix, in bits
 * @param table its lower eight bits; {@link Rta#TABLE} has them all
 * @param protocol {@code RTPROT_}: who made it
 * @param scope {@code RT_SCOPE_}
 * @param type {@code RTN_}
 */
public record RtMsg(
        int family,
        int destinationLength,
        int sourceLength,
        int tos,
        int table,
        int protocol,
        int scope,
        int type,
        int flags)
        implements Struct {
    public static final int SIZE = 12;

    public static final int RT_SCOPE_UNIVERSE = 0;
    public static final int RT_SCOPE_LINK = 253;
    public static final int RT_SCOPE_HOST = 254;
    /** To remove: whichever it has. */
    public static final int RT_SCOPE_NOWHERE = 255;

    public static final int RTN_UNSPEC = 0;
    public static final int RTN_UNICAST = 1;
    public static final int RTN_UNREACHABLE = 7;
    public static final int RTN_THROW = 9;

    private static final int RTM_FAMILY = 0;
    private static final int RTM_DST_LEN = 1;
    private static final int RTM_SRC_LEN = 2;
    private static final int RTM_TOS = 3;
    private static final int RTM_TABLE = 4;
    private static final int RTM_PROTOCOL = 5;
    private static final int RTM_SCOPE = 6;
    private static final int RTM_TYPE = 7;
    private static final int RTM_FLAGS = 8;

    static RtMsg read(CStruct source) {
        return new RtMsg(
                source.u8(RTM_FAMILY),
                source.u8(RTM_DST_LEN),
                source.u8(RTM_SRC_LEN),
                source.u8(RTM_TOS),
                source.u8(RTM_TABLE),
                source.u8(RTM_PROTOCOL),
                source.u8(RTM_SCOPE),
                source.u8(RTM_TYPE),
                source.u32(RTM_FLAGS));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        target.u8(RTM_FAMILY, family);
        target.u8(RTM_DST_LEN, destinationLength);
        target.u8(RTM_SRC_LEN, sourceLength);
        target.u8(RTM_TOS, tos);
        target.u8(RTM_TABLE, table);
        target.u8(RTM_PROTOCOL, protocol);
        target.u8(RTM_SCOPE, scope);
        target.u8(RTM_TYPE, type);
        target.u32(RTM_FLAGS, flags);
    }
}
