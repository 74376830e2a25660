package org.ikebana.kernel.rtnetlink;

import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.NetlinkPayload;

/** A message of NETLINK_ROUTE. */
public sealed interface RouteMessage extends NetlinkPayload {
    /** Changes an interface; also the report of one. */
    record NewLink(IfInfoMsg body, Attributes attributes) implements RouteMessage {
        @Override
        public int type() {
            return Rtm.NEWLINK;
        }
    }

    /** An interface went. */
    record DeleteLink(IfInfoMsg body, Attributes attributes) implements RouteMessage {
        @Override
        public int type() {
            return Rtm.DELLINK;
        }
    }

    /** Asks for one interface or all; answered by {@link NewLink}. */
    record GetLink(IfInfoMsg body, Attributes attributes) implements RouteMessage {
        @Override
        public int type() {
            return Rtm.GETLINK;
        }
    }

    /** This host has the address. */
    record NewAddress(IfAddrMsg body, Attributes attributes) implements RouteMessage {
        @Override
        public int type() {
            return Rtm.NEWADDR;
        }
    }

    /** This host has it no longer. */
    record DeleteAddress(IfAddrMsg body, Attributes attributes) implements RouteMessage {
        @Override
        public int type() {
            return Rtm.DELADDR;
        }
    }

    /** Asks for the addresses of this host; answered by {@link NewAddress}. */
    record GetAddress(IfAddrMsg body, Attributes attributes) implements RouteMessage {
        @Override
        public int type() {
            return Rtm.GETADDR;
        }
    }

    /** Adds a route; also the report of one. */
    record NewRoute(RtMsg body, Attributes attributes) implements RouteMessage {
        @Override
        public int type() {
            return Rtm.NEWROUTE;
        }
    }

    /** Removes a route; also the report that one went. */
    record DeleteRoute(RtMsg body, Attributes attributes) implements RouteMessage {
        @Override
        public int type() {
            return Rtm.DELROUTE;
        }
    }

    /** Asks which way a packet would go, or for many routes; answered by {@link NewRoute}. */
    record GetRoute(RtMsg body, Attributes attributes) implements RouteMessage {
        @Override
        public int type() {
            return Rtm.GETROUTE;
        }
    }

    /** Adds a rule; also the report of one. */
    record NewRule(FibRuleHdr body, Attributes attributes) implements RouteMessage {
        @Override
        public int type() {
            return Rtm.NEWRULE;
        }
    }

    /** Removes a rule. */
    record DeleteRule(FibRuleHdr body, Attributes attributes) implements RouteMessage {
        @Override
        public int type() {
            return Rtm.DELRULE;
        }
    }

    /** Asks for all rules of a family; answered by {@link NewRule}. */
    record GetRule(FibRuleHdr body, Attributes attributes) implements RouteMessage {
        @Override
        public int type() {
            return Rtm.GETRULE;
        }
    }

    /** Anything else that the kernel tells. */
    record Other(int type) implements RouteMessage {}
}
