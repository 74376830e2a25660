package org.ikebana.kernel.rtnetlink;

import java.nio.ByteBuffer;
import java.util.List;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.netlink.AttributeType;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Codec;
import org.ikebana.kernel.netlink.NetlinkFormatException;

/** What {@link IflaInfo#DATA} holds of an XFRM interface: {@code IFLA_XFRM_…} of linux/if_link.h, Linux 4.19. */
public final class IflaXfrm {
    /** As {@link IflaInfo#KIND} has it. */
    public static final String KIND = "xfrm";

    /** Index of the interface below, 0 for none. */
    public static final AttributeType<Integer> LINK = of(1, "LINK");

    public static final AttributeType<Integer> IF_ID = of(2, "IF_ID");

    private static final Codec<Attributes> CODEC = Codec.nested(new AttributeType.Table(List.of(LINK, IF_ID)));

    private IflaXfrm() {}

    public static Octets data(Attributes attributes) {
        byte[] octets = new byte[CODEC.size(attributes)];
        CODEC.write(attributes, CStruct.of(ByteBuffer.wrap(octets), 0, octets.length));
        return Octets.wrap(octets);
    }

    public static Attributes read(Octets data) throws NetlinkFormatException {
        return CODEC.read(CStruct.of(data));
    }

    private static AttributeType<Integer> of(int number, String name) {
        return new AttributeType<>(number, "IFLA_XFRM_" + name, Codec.U32);
    }
}
