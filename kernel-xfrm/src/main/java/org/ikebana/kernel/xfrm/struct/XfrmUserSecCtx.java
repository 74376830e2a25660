package org.ikebana.kernel.xfrm.struct;

import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.netlink.Struct;

/**
 * {@code struct xfrm_user_sec_ctx}: a security label.
 *
 * @param context of the security module, with its ending zero octet
 */
public record XfrmUserSecCtx(int len, int exttype, int ctxAlg, int ctxDoi, Octets context) implements Struct {
    private static final int LEN = 0;
    private static final int EXTTYPE = 2;
    private static final int CTX_ALG = 4;
    private static final int CTX_DOI = 5;
    private static final int CTX_LEN = 6;
    private static final int CONTEXT = 8;

    public static XfrmUserSecCtx read(CStruct source) throws NetlinkFormatException {
        CStruct fixed = source.member(0, CONTEXT);
        if (fixed.u16(CTX_LEN) != source.size() - CONTEXT) {
            throw new NetlinkFormatException(
                    "A security label of " + fixed.u16(CTX_LEN) + " octets in " + (source.size() - CONTEXT));
        }
        return new XfrmUserSecCtx(
                fixed.u16(LEN),
                fixed.u16(EXTTYPE),
                fixed.u8(CTX_ALG),
                fixed.u8(CTX_DOI),
                source.octets(CONTEXT, source.size() - CONTEXT));
    }

    @Override
    public int size() {
        return CONTEXT + context.length();
    }

    @Override
    public void writeTo(CStruct target) {
        target.u16(LEN, len);
        target.u16(EXTTYPE, exttype);
        target.u8(CTX_ALG, ctxAlg);
        target.u8(CTX_DOI, ctxDoi);
        target.u16(CTX_LEN, context.length());
        target.octets(CONTEXT, context);
    }
}
