package org.ikebana.kernel.rtnetlink;

/** Message types and multicast groups of linux/rtnetlink.h, without their prefixes {@code RTM_} and {@code RTMGRP_}. */
public final class Rtm {
    public static final int NEWLINK = 16;
    public static final int DELLINK = 17;
    public static final int GETLINK = 18;
    public static final int NEWADDR = 20;
    public static final int DELADDR = 21;
    public static final int GETADDR = 22;
    public static final int NEWROUTE = 24;
    public static final int DELROUTE = 25;
    public static final int GETROUTE = 26;
    public static final int NEWRULE = 32;
    public static final int DELRULE = 33;
    public static final int GETRULE = 34;

    public static final int GROUP_LINK = 0x1;
    public static final int GROUP_IPV4_IFADDR = 0x10;
    public static final int GROUP_IPV4_ROUTE = 0x40;
    public static final int GROUP_IPV4_RULE = 0x80;
    public static final int GROUP_IPV6_IFADDR = 0x100;
    public static final int GROUP_IPV6_ROUTE = 0x400;
    /** {@code 1 << (RTNLGRP_IPV6_RULE - 1)}; it has no name of the old kind. */
    public static final int GROUP_IPV6_RULE = 0x40000;

    private Rtm() {}
}
