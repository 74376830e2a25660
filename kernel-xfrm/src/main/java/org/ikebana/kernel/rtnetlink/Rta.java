package org.ikebana.kernel.rtnetlink;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.netlink.AttributeType;
import org.ikebana.kernel.netlink.Codec;

/** Attributes of a route: {@code enum rtattr_type_t}. */
public final class Rta {
    /** An address of four or sixteen octets; missing where the prefix has length 0. */
    public static final AttributeType<Octets> DST = of(1, "DST", Codec.OCTETS);

    /** Index of the interface that packets leave by. */
    public static final AttributeType<Integer> OIF = of(4, "OIF", Codec.U32);

    /** The next hop's address; missing where the destination is on the link. */
    public static final AttributeType<Octets> GATEWAY = of(5, "GATEWAY", Codec.OCTETS);

    /** Unsigned; the smallest wins among routes of one prefix. */
    public static final AttributeType<Integer> PRIORITY = of(6, "PRIORITY", Codec.U32);

    /** The source address of what this host sends without having chosen one. */
    public static final AttributeType<Octets> PREFSRC = of(7, "PREFSRC", Codec.OCTETS);

    public static final AttributeType<Integer> TABLE = of(15, "TABLE", Codec.U32);

    /** Of the packet that a route is looked up for. */
    public static final AttributeType<Integer> MARK = of(16, "MARK", Codec.U32);

    static final AttributeType.Table ALL =
            new AttributeType.Table(List.of(DST, OIF, GATEWAY, PRIORITY, PREFSRC, TABLE, MARK));

    private Rta() {}

    /**
     * The address of these octets.
     *
     * @param octets four or sixteen
     */
    public static InetAddress address(Octets octets) {
        try {
            // InetAddress.getByAddress would make an IPv4-mapped IPv6 address an IPv4 one.
            return octets.length() == 16
                    ? Inet6Address.getByAddress(null, octets.toByteArray(), -1)
                    : InetAddress.getByAddress(octets.toByteArray());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address of " + octets.length() + " octets", e);
        }
    }

    private static <T> AttributeType<T> of(int number, String name, Codec<T> codec) {
        return new AttributeType<>(number, "RTA_" + name, codec);
    }
}
