package org.ikebana.kernel.rtnetlink;

import java.util.function.BiFunction;
import org.ikebana.kernel.netlink.AttributeType;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Codec;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.netlink.NetlinkMessage;
import org.ikebana.kernel.netlink.Struct;
import org.ikebana.kernel.rtnetlink.RouteMessage.*;

/** Reads the messages of NETLINK_ROUTE. Attributes of unknown type are kept as octets. */
public final class RouteDecoder {
    private RouteDecoder() {}

    public static RouteMessage decode(NetlinkMessage message) throws NetlinkFormatException {
        CStruct payload = message.payload();
        return switch (message.header().type()) {
            case Rtm.NEWLINK -> link(payload, NewLink::new);
            case Rtm.DELLINK -> link(payload, DeleteLink::new);
            case Rtm.GETLINK -> link(payload, GetLink::new);
            case Rtm.NEWADDR -> address(payload, NewAddress::new);
            case Rtm.DELADDR -> address(payload, DeleteAddress::new);
            case Rtm.GETADDR -> address(payload, GetAddress::new);
            case Rtm.NEWROUTE -> route(payload, NewRoute::new);
            case Rtm.DELROUTE -> route(payload, DeleteRoute::new);
            case Rtm.GETROUTE -> route(payload, GetRoute::new);
            case Rtm.NEWRULE -> rule(payload, NewRule::new);
            case Rtm.DELRULE -> rule(payload, DeleteRule::new);
            case Rtm.GETRULE -> rule(payload, GetRule::new);
            default -> new Other(message.header().type());
        };
    }

    private static RouteMessage link(CStruct payload, BiFunction<IfInfoMsg, Attributes, RouteMessage> message)
            throws NetlinkFormatException {
        return read(payload, Ifla.ALL, IfInfoMsg.SIZE, IfInfoMsg::read, message);
    }

    private static RouteMessage address(CStruct payload, BiFunction<IfAddrMsg, Attributes, RouteMessage> message)
            throws NetlinkFormatException {
        return read(payload, Ifa.ALL, IfAddrMsg.SIZE, IfAddrMsg::read, message);
    }

    private static RouteMessage route(CStruct payload, BiFunction<RtMsg, Attributes, RouteMessage> message)
            throws NetlinkFormatException {
        return read(payload, Rta.ALL, RtMsg.SIZE, RtMsg::read, message);
    }

    private static RouteMessage rule(CStruct payload, BiFunction<FibRuleHdr, Attributes, RouteMessage> message)
            throws NetlinkFormatException {
        return read(payload, Fra.ALL, FibRuleHdr.SIZE, FibRuleHdr::read, message);
    }

    private static <B extends Struct> RouteMessage read(
            CStruct payload,
            AttributeType.Table table,
            int bodySize,
            Codec.Reader<B> reader,
            BiFunction<B, Attributes, RouteMessage> message)
            throws NetlinkFormatException {
        B body = reader.read(payload.member(0, bodySize));
        return message.apply(body, Attributes.read(payload.after(bodySize), table));
    }
}
