package org.ikebana.kernel.netlink;

/** Numbers of linux/netlink.h. */
public final class Netlink {
    public static final int NETLINK_ROUTE = 0;
    public static final int NETLINK_XFRM = 6;

    public static final int NLMSG_NOOP = 1;
    public static final int NLMSG_ERROR = 2;
    public static final int NLMSG_DONE = 3;
    public static final int NLMSG_OVERRUN = 4;

    public static final int NLM_F_REQUEST = 0x01;
    public static final int NLM_F_MULTI = 0x02;
    public static final int NLM_F_ACK = 0x04;
    public static final int NLM_F_DUMP_INTR = 0x10;
    public static final int NLM_F_DUMP = 0x300;
    /** In a request to add: what exists is overwritten. */
    public static final int NLM_F_REPLACE = 0x100;
    /** In a request to add: what exists is left, with {@code EEXIST}. */
    public static final int NLM_F_EXCL = 0x200;
    /** In a request to add: what does not exist is made. */
    public static final int NLM_F_CREATE = 0x400;
    /** In an acknowledgement: the request's payload is not repeated. */
    public static final int NLM_F_CAPPED = 0x100;
    /** In an acknowledgement: attributes follow. */
    public static final int NLM_F_ACK_TLVS = 0x200;

    static final int SOL_NETLINK = 270;
    static final int NETLINK_ADD_MEMBERSHIP = 1;
    static final int NETLINK_DROP_MEMBERSHIP = 2;
    static final int NETLINK_CAP_ACK = 10;
    static final int NETLINK_EXT_ACK = 11;
    static final int NETLINK_GET_STRICT_CHK = 12;

    private Netlink() {}

    /** {@code NLMSG_ALIGN} and {@code NLA_ALIGN}. */
    static int align(int size) {
        return (size + 3) & ~3;
    }
}
