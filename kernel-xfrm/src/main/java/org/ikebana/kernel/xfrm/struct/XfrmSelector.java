package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_selector}. */
public record XfrmSelector(
        XfrmAddress daddr,
        XfrmAddress saddr,
        int dport,
        int dportMask,
        int sport,
        int sportMask,
        int family,
        int prefixlenD,
        int prefixlenS,
        int proto,
        int ifindex,
        int user)
        implements Struct {
    public static final int SIZE = 56;
    private static final int DADDR = 0;
    private static final int SADDR = 16;
    private static final int DPORT = 32;
    private static final int DPORT_MASK = 34;
    private static final int SPORT = 36;
    private static final int SPORT_MASK = 38;
    private static final int FAMILY = 40;
    private static final int PREFIXLEN_D = 42;
    private static final int PREFIXLEN_S = 43;
    private static final int PROTO = 44;
    private static final int IFINDEX = 48;
    private static final int USER = 52;

    public static XfrmSelector read(CStruct source) {
        return new XfrmSelector(
                XfrmAddress.read(source, DADDR),
                XfrmAddress.read(source, SADDR),
                source.be16(DPORT),
                source.be16(DPORT_MASK),
                source.be16(SPORT),
                source.be16(SPORT_MASK),
                source.u16(FAMILY),
                source.u8(PREFIXLEN_D),
                source.u8(PREFIXLEN_S),
                source.u8(PROTO),
                source.u32(IFINDEX),
                source.u32(USER));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        daddr.writeTo(target, DADDR);
        saddr.writeTo(target, SADDR);
        target.be16(DPORT, dport);
        target.be16(DPORT_MASK, dportMask);
        target.be16(SPORT, sport);
        target.be16(SPORT_MASK, sportMask);
        target.u16(FAMILY, family);
        target.u8(PREFIXLEN_D, prefixlenD);
        target.u8(PREFIXLEN_S, prefixlenS);
        target.u8(PROTO, proto);
        target.u32(IFINDEX, ifindex);
        target.u32(USER, user);
    }
}
