package org.ikebana.kernel.rtnetlink;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.linux.Socket;
import org.ikebana.kernel.netlink.AttributeType;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.Codec;

/** Attributes of an interface: linux/if_link.h. */
public final class Ifla {
    /** How IPv6 finds a link-local address, {@link #IN6_ADDR_GEN_MODE_NONE} for not at all. */
    public static final AttributeType<Integer> INET6_ADDR_GEN_MODE = of(8, "INET6_ADDR_GEN_MODE", Codec.U8);

    public static final int IN6_ADDR_GEN_MODE_NONE = 1;

    /** Of IPv6 alone, within {@link #AF_SPEC}. */
    public static final AttributeType<Attributes> INET6 = new AttributeType<>(
            Socket.AF_INET6, "AF_INET6", Codec.nested(new AttributeType.Table(List.of(INET6_ADDR_GEN_MODE))));

    /** Ends with a zero octet. */
    public static final AttributeType<Octets> IFNAME = of(3, "IFNAME", Codec.OCTETS);

    public static final AttributeType<Integer> MTU = of(4, "MTU", Codec.U32);
    public static final AttributeType<Integer> TXQLEN = of(13, "TXQLEN", Codec.U32);

    /** Attributes of {@link IflaInfo}. */
    public static final AttributeType<Attributes> LINKINFO = of(18, "LINKINFO", Codec.nested(IflaInfo.ALL));

    /** What one family of addresses adds. */
    public static final AttributeType<Attributes> AF_SPEC =
            of(26, "AF_SPEC", Codec.nested(new AttributeType.Table(List.of(INET6))));

    static final AttributeType.Table ALL = new AttributeType.Table(List.of(IFNAME, MTU, TXQLEN, LINKINFO, AF_SPEC));

    private Ifla() {}

    public static Octets name(String name) {
        return Octets.wrap((name + "\0").getBytes(StandardCharsets.UTF_8));
    }

    public static String name(Octets name) {
        return new String(name.toByteArray(), StandardCharsets.UTF_8).replace("\0", "");
    }

    private static <T> AttributeType<T> of(int number, String name, Codec<T> codec) {
        return new AttributeType<>(number, "IFLA_" + name, codec);
    }
}
