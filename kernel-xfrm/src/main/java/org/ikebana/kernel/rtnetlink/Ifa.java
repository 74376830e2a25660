package org.ikebana.kernel.rtnetlink;

import java.util.List;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.netlink.AttributeType;
import org.ikebana.kernel.netlink.Codec;

/** Attributes of an address of this host: linux/if_addr.h. */
public final class Ifa {
    /** The address, or on a point-to-point link the other end's. */
    public static final AttributeType<Octets> ADDRESS = of(1, "ADDRESS", Codec.OCTETS);

    /** The address; missing with IPv6 but on point-to-point links. */
    public static final AttributeType<Octets> LOCAL = of(2, "LOCAL", Codec.OCTETS);

    public static final AttributeType<Integer> FLAGS = of(8, "FLAGS", Codec.U32);

    /** A second IPv4 address of its network, or a temporary IPv6 address (RFC 8981). */
    public static final int IFA_F_SECONDARY = 0x01;

    public static final int IFA_F_DADFAILED = 0x08;
    public static final int IFA_F_DEPRECATED = 0x20;
    public static final int IFA_F_TENTATIVE = 0x40;

    static final AttributeType.Table ALL = new AttributeType.Table(List.of(ADDRESS, LOCAL, FLAGS));

    private Ifa() {}

    private static <T> AttributeType<T> of(int number, String name, Codec<T> codec) {
        return new AttributeType<>(number, "IFA_" + name, codec);
    }
}
