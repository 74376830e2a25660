package org.ikebana.kernel.rtnetlink;

import java.util.List;
import org.ikebana.kernel.netlink.AttributeType;
import org.ikebana.kernel.netlink.Codec;

/** Attributes of a rule: linux/fib_rules.h. */
public final class Fra {
    /** Rules are tried in this order, the smallest first; unsigned. */
    public static final AttributeType<Integer> PRIORITY = of(6, "PRIORITY", Codec.U32);

    public static final AttributeType<Integer> FWMARK = of(10, "FWMARK", Codec.U32);
    public static final AttributeType<Integer> TABLE = of(15, "TABLE", Codec.U32);
    /** Which bits of the mark count. */
    public static final AttributeType<Integer> FWMASK = of(16, "FWMASK", Codec.U32);

    /** {@code RTPROT_}: who made it. Since Linux 4.17. */
    public static final AttributeType<Integer> PROTOCOL = of(21, "PROTOCOL", Codec.U8);

    static final AttributeType.Table ALL = new AttributeType.Table(List.of(PRIORITY, FWMARK, TABLE, FWMASK, PROTOCOL));

    private Fra() {}

    private static <T> AttributeType<T> of(int number, String name, Codec<T> codec) {
        return new AttributeType<>(number, "FRA_" + name, codec);
    }
}
