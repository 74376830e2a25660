package org.ikebana.kernel.netlink;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.wire.Octets;

/**
 * {@code struct nlmsgerr} and what an extended acknowledgement adds to it.
 *
 * @param errno positive; 0 when all is well
 * @param request header of the request
 * @param text what the kernel says about it
 * @param offset of the attribute that is wrong, from the request's start
 */
public record NetlinkAck(int errno, NetlinkHeader request, Optional<String> text, Optional<Integer> offset) {
    private static final int ERROR = 0;
    private static final int MSG = 4;
    private static final int SIZE = 20;

    private static final AttributeType<Octets> NLMSGERR_ATTR_MSG =
            new AttributeType<>(1, "NLMSGERR_ATTR_MSG", Codec.OCTETS);
    private static final AttributeType<Integer> NLMSGERR_ATTR_OFFS =
            new AttributeType<>(2, "NLMSGERR_ATTR_OFFS", Codec.U32);
    private static final AttributeType.Table TABLE =
            new AttributeType.Table(List.of(NLMSGERR_ATTR_MSG, NLMSGERR_ATTR_OFFS));

    /** Reads a message of type {@link Netlink#NLMSG_ERROR}. */
    public static NetlinkAck read(NetlinkMessage message) throws NetlinkFormatException {
        CStruct payload = message.payload();
        CStruct fixed = payload.member(0, SIZE);
        NetlinkHeader request = NetlinkHeader.read(fixed.slice(MSG, NetlinkHeader.SIZE));
        Attributes extended = message.header().has(Netlink.NLM_F_ACK_TLVS)
                ? extended(payload, endOfRequest(message.header(), fixed.u32(ERROR), request))
                : Attributes.NONE;
        return new NetlinkAck(
                -fixed.u32(ERROR),
                request,
                extended.get(NLMSGERR_ATTR_MSG).map(NetlinkAck::text),
                extended.get(NLMSGERR_ATTR_OFFS));
    }

    /** The request is repeated whole where it failed, unless {@code NETLINK_CAP_ACK} was asked for. */
    private static int endOfRequest(NetlinkHeader header, int error, NetlinkHeader request)
            throws NetlinkFormatException {
        if (error == 0 || header.has(Netlink.NLM_F_CAPPED)) {
            return SIZE;
        }
        if (request.length() < NetlinkHeader.SIZE || request.length() > header.length()) {
            throw new NetlinkFormatException("A refused request says it has " + request.length() + " octets");
        }
        return MSG + Netlink.align(request.length());
    }

    private static Attributes extended(CStruct payload, int offset) throws NetlinkFormatException {
        return Attributes.read(payload.member(offset, payload.size() - offset), TABLE);
    }

    private static String text(Octets octets) {
        return new String(octets.toByteArray(), StandardCharsets.UTF_8).replace("\0", "");
    }
}
