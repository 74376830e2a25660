package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_lifetime_cfg}. */
public record XfrmLifetimeCfg(
        long softByteLimit,
        long hardByteLimit,
        long softPacketLimit,
        long hardPacketLimit,
        long softAddExpiresSeconds,
        long hardAddExpiresSeconds,
        long softUseExpiresSeconds,
        long hardUseExpiresSeconds)
        implements Struct {
    public static final int SIZE = 64;
    /** {@code XFRM_INF}: no limit of octets or packets; of seconds that is 0. */
    public static final long INFINITE = -1;

    public static final XfrmLifetimeCfg UNLIMITED =
            new XfrmLifetimeCfg(INFINITE, INFINITE, INFINITE, INFINITE, 0, 0, 0, 0);
    public static final XfrmLifetimeCfg NONE = new XfrmLifetimeCfg(0, 0, 0, 0, 0, 0, 0, 0);

    private static final int SOFT_BYTE_LIMIT = 0;
    private static final int HARD_BYTE_LIMIT = 8;
    private static final int SOFT_PACKET_LIMIT = 16;
    private static final int HARD_PACKET_LIMIT = 24;
    private static final int SOFT_ADD_EXPIRES_SECONDS = 32;
    private static final int HARD_ADD_EXPIRES_SECONDS = 40;
    private static final int SOFT_USE_EXPIRES_SECONDS = 48;
    private static final int HARD_USE_EXPIRES_SECONDS = 56;

    public static XfrmLifetimeCfg read(CStruct source) {
        return new XfrmLifetimeCfg(
                source.u64(SOFT_BYTE_LIMIT),
                source.u64(HARD_BYTE_LIMIT),
                source.u64(SOFT_PACKET_LIMIT),
                source.u64(HARD_PACKET_LIMIT),
                source.u64(SOFT_ADD_EXPIRES_SECONDS),
                source.u64(HARD_ADD_EXPIRES_SECONDS),
                source.u64(SOFT_USE_EXPIRES_SECONDS),
                source.u64(HARD_USE_EXPIRES_SECONDS));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        target.u64(SOFT_BYTE_LIMIT, softByteLimit);
        target.u64(HARD_BYTE_LIMIT, hardByteLimit);
        target.u64(SOFT_PACKET_LIMIT, softPacketLimit);
        target.u64(HARD_PACKET_LIMIT, hardPacketLimit);
        target.u64(SOFT_ADD_EXPIRES_SECONDS, softAddExpiresSeconds);
        target.u64(HARD_ADD_EXPIRES_SECONDS, hardAddExpiresSeconds);
        target.u64(SOFT_USE_EXPIRES_SECONDS, softUseExpiresSeconds);
        target.u64(HARD_USE_EXPIRES_SECONDS, hardUseExpiresSeconds);
    }
}
