package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_usersa_id}. */
public record XfrmUsersaId(XfrmAddress daddr, int spi, int family, int proto) implements Struct {
    public static final int SIZE = 24;
    private static final int DADDR = 0;
    private static final int SPI = 16;
    private static final int FAMILY = 20;
    private static final int PROTO = 22;

    public static XfrmUsersaId read(CStruct source) {
        return new XfrmUsersaId(
                XfrmAddress.read(source, DADDR), source.be32(SPI), source.u16(FAMILY), source.u8(PROTO));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        daddr.writeTo(target, DADDR);
        target.be32(SPI, spi);
        target.u16(FAMILY, family);
        target.u8(PROTO, proto);
    }
}
