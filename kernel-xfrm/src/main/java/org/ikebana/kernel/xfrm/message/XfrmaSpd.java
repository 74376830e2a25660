package org.ikebana.kernel.xfrm.message;

import java.util.List;
import org.ikebana.kernel.netlink.AttributeType;
import org.ikebana.kernel.netlink.Codec;
import org.ikebana.kernel.xfrm.struct.XfrmuSpdhinfo;
import org.ikebana.kernel.xfrm.struct.XfrmuSpdhthresh;
import org.ikebana.kernel.xfrm.struct.XfrmuSpdinfo;

/** The attributes of {@code enum xfrm_spdattr_type_t}: how many policies there are, and from which prefixes on they are hashed. */
public final class XfrmaSpd {
    public static final AttributeType<XfrmuSpdinfo> INFO =
            new AttributeType<>(1, "XFRMA_SPD_INFO", Codec.struct(XfrmuSpdinfo.SIZE, XfrmuSpdinfo::read));
    public static final AttributeType<XfrmuSpdhinfo> HINFO =
            new AttributeType<>(2, "XFRMA_SPD_HINFO", Codec.struct(XfrmuSpdhinfo.SIZE, XfrmuSpdhinfo::read));
    public static final AttributeType<XfrmuSpdhthresh> IPV4_HTHRESH =
            new AttributeType<>(3, "XFRMA_SPD_IPV4_HTHRESH", Codec.struct(XfrmuSpdhthresh.SIZE, XfrmuSpdhthresh::read));
    public static final AttributeType<XfrmuSpdhthresh> IPV6_HTHRESH =
            new AttributeType<>(4, "XFRMA_SPD_IPV6_HTHRESH", Codec.struct(XfrmuSpdhthresh.SIZE, XfrmuSpdhthresh::read));

    static final AttributeType.Table TABLE = new AttributeType.Table(List.of(INFO, HINFO, IPV4_HTHRESH, IPV6_HTHRESH));

    private XfrmaSpd() {}
}
