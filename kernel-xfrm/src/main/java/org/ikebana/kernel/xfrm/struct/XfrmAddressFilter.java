package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_address_filter}. */
public record XfrmAddressFilter(XfrmAddress saddr, XfrmAddress daddr, int family, int splen, int dplen)
        implements Struct {
    public static final int SIZE = 36;
    private static final int SADDR = 0;
    private static final int DADDR = 16;
    private static final int FAMILY = 32;
    private static final int SPLEN = 34;
    private static final int DPLEN = 35;

    public static XfrmAddressFilter read(CStruct source) {
        return new XfrmAddressFilter(
                XfrmAddress.read(source, SADDR),
                XfrmAddress.read(source, DADDR),
                source.u16(FAMILY),
                source.u8(SPLEN),
                source.u8(DPLEN));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        saddr.writeTo(target, SADDR);
        daddr.writeTo(target, DADDR);
        target.u16(FAMILY, family);
        target.u8(SPLEN, splen);
        target.u8(DPLEN, dplen);
    }
}
