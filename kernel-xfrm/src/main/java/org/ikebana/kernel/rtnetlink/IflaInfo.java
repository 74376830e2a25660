package org.ikebana.kernel.rtnetlink;

import java.util.List;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.netlink.AttributeType;
import org.ikebana.kernel.netlink.Codec;

/** What {@link Ifla#LINKINFO} holds: {@code IFLA_INFO_…} of linux/if_link.h. */
public final class IflaInfo {
    /** {@code veth}, {@code xfrm}; may end with a zero octet. */
    public static final AttributeType<Octets> KIND = new AttributeType<>(1, "IFLA_INFO_KIND", Codec.OCTETS);

    /** Attributes whose meaning the kind decides. */
    public static final AttributeType<Octets> DATA = new AttributeType<>(2, "IFLA_INFO_DATA", Codec.OCTETS);

    static final AttributeType.Table ALL = new AttributeType.Table(List.of(KIND, DATA));

    private IflaInfo() {}
}
