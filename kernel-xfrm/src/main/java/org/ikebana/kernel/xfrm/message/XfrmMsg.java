package org.ikebana.kernel.xfrm.message;

/** The message types {@code XFRM_MSG_…} and the multicast groups {@code XFRMNLGRP_…} of linux/xfrm.h. */
public final class XfrmMsg {
    static final int NEWSA = 0x10;
    static final int DELSA = 0x11;
    static final int GETSA = 0x12;
    static final int NEWPOLICY = 0x13;
    static final int DELPOLICY = 0x14;
    static final int GETPOLICY = 0x15;
    static final int ALLOCSPI = 0x16;
    static final int ACQUIRE = 0x17;
    static final int EXPIRE = 0x18;
    static final int UPDPOLICY = 0x19;
    static final int UPDSA = 0x1a;
    static final int POLEXPIRE = 0x1b;
    static final int FLUSHSA = 0x1c;
    static final int FLUSHPOLICY = 0x1d;
    static final int NEWAE = 0x1e;
    static final int GETAE = 0x1f;
    static final int REPORT = 0x20;
    static final int MIGRATE = 0x21;
    static final int NEWSADINFO = 0x22;
    static final int GETSADINFO = 0x23;
    static final int NEWSPDINFO = 0x24;
    static final int GETSPDINFO = 0x25;
    static final int MAPPING = 0x26;
    static final int SETDEFAULT = 0x27;
    static final int GETDEFAULT = 0x28;
    static final int MIGRATE_STATE = 0x29;

    public static final int GROUP_ACQUIRE = 1;
    public static final int GROUP_EXPIRE = 2;
    public static final int GROUP_SA = 3;
    public static final int GROUP_POLICY = 4;
    public static final int GROUP_AEVENTS = 5;
    public static final int GROUP_REPORT = 6;
    public static final int GROUP_MIGRATE = 7;
    public static final int GROUP_MAPPING = 8;

    private XfrmMsg() {}
}
