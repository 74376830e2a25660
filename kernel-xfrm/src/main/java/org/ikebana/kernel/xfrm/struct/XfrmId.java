package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_id}. */
public record XfrmId(XfrmAddress daddr, int spi, int proto) implements Struct {
    public static final int SIZE = 24;
    private static final int DADDR = 0;
    private static final int SPI = 16;
    private static final int PROTO = 20;

    public static XfrmId read(CStruct source) {
        return new XfrmId(XfrmAddress.read(source, DADDR), source.be32(SPI), source.u8(PROTO));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        daddr.writeTo(target, DADDR);
        target.be32(SPI, spi);
        target.u8(PROTO, proto);
    }
}
