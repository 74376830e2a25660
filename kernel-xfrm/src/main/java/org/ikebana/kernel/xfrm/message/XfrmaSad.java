package org.ikebana.kernel.xfrm.message;

import java.util.List;
import org.ikebana.kernel.netlink.AttributeType;
import org.ikebana.kernel.netlink.Codec;
import org.ikebana.kernel.xfrm.struct.XfrmuSadhinfo;

/** The attributes of {@code enum xfrm_sadattr_type_t}: how many SAs there are. */
public final class XfrmaSad {
    public static final AttributeType<Integer> CNT = new AttributeType<>(1, "XFRMA_SAD_CNT", Codec.U32);
    public static final AttributeType<XfrmuSadhinfo> HINFO =
            new AttributeType<>(2, "XFRMA_SAD_HINFO", Codec.struct(XfrmuSadhinfo.SIZE, XfrmuSadhinfo::read));

    static final AttributeType.Table TABLE = new AttributeType.Table(List.of(CNT, HINFO));

    private XfrmaSad() {}
}
