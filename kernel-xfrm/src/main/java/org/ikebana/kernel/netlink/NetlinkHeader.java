package org.ikebana.kernel.netlink;

/**
 * {@code struct nlmsghdr}.
 *
 * @param length of the whole message, header included, without the padding that follows
 * @param port of the requesting socket; the kernel's own is 0
 */
public record NetlinkHeader(int length, int type, int flags, int sequence, int port) implements Struct {
    public static final int SIZE = 16;
    private static final int NLMSG_LEN = 0;
    private static final int NLMSG_TYPE = 4;
    private static final int NLMSG_FLAGS = 6;
    private static final int NLMSG_SEQ = 8;
    private static final int NLMSG_PID = 12;

    static NetlinkHeader read(CStruct source) {
        return new NetlinkHeader(
                source.u32(NLMSG_LEN),
                source.u16(NLMSG_TYPE),
                source.u16(NLMSG_FLAGS),
                source.u32(NLMSG_SEQ),
                source.u32(NLMSG_PID));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        target.u32(NLMSG_LEN, length);
        target.u16(NLMSG_TYPE, type);
        target.u16(NLMSG_FLAGS, flags);
        target.u32(NLMSG_SEQ, sequence);
        target.u32(NLMSG_PID, port);
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
