package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrm_encap_tmpl}. */
public record XfrmEncapTmpl(int encapType, int encapSport, int encapDport, XfrmAddress encapOa) implements Struct {
    public static final int SIZE = 24;
    private static final int ENCAP_TYPE = 0;
    private static final int ENCAP_SPORT = 2;
    private static final int ENCAP_DPORT = 4;
    private static final int ENCAP_OA = 8;

    public static XfrmEncapTmpl read(CStruct source) {
        return new XfrmEncapTmpl(
                source.u16(ENCAP_TYPE),
                source.be16(ENCAP_SPORT),
                source.be16(ENCAP_DPORT),
                XfrmAddress.read(source, ENCAP_OA));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        target.u16(ENCAP_TYPE, encapType);
        target.be16(ENCAP_SPORT, encapSport);
        target.be16(ENCAP_DPORT, encapDport);
        encapOa.writeTo(target, ENCAP_OA);
    }
}
