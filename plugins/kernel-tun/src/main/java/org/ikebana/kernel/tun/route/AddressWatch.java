package org.ikebana.kernel.tun.route;

import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.Netlink;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.netlink.NetlinkListener;
import org.ikebana.kernel.netlink.NetlinkMessage;
import org.ikebana.kernel.netlink.NetlinkSocket;
import org.ikebana.kernel.rtnetlink.Fra;
import org.ikebana.kernel.rtnetlink.RouteDecoder;
import org.ikebana.kernel.rtnetlink.RouteMessage.DeleteRoute;
import org.ikebana.kernel.rtnetlink.RouteMessage.DeleteRule;
import org.ikebana.kernel.rtnetlink.RouteMessage.NewRoute;
import org.ikebana.kernel.rtnetlink.RouteMessage.NewRule;
import org.ikebana.kernel.rtnetlink.Rtm;

/** Follows interfaces, addresses and routes on a thread of its own; what changes together is told once. */
public final class AddressWatch implements AutoCloseable {
    private static final int GROUPS = Rtm.GROUP_LINK
            | Rtm.GROUP_IPV4_IFADDR
            | Rtm.GROUP_IPV4_ROUTE
            | Rtm.GROUP_IPV4_RULE
            | Rtm.GROUP_IPV6_IFADDR
            | Rtm.GROUP_IPV6_ROUTE
            | Rtm.GROUP_IPV6_RULE;
    /** Our own routes are told to us, too, thousands at a time. */
    private static final int RECEIVE_BUFFER = 8 << 20;

    private static final int KERNEL = 0;

    private final NetlinkListener netlink;

    private AddressWatch(NetlinkListener netlink) {
        this.netlink = netlink;
    }

    static AddressWatch start(Ours ours, Listener listener) throws ErrnoException {
        NetlinkSocket socket = NetlinkSocket.open(Netlink.NETLINK_ROUTE, GROUPS, RECEIVE_BUFFER);
        try {
            return new AddressWatch(NetlinkListener.start(
                    "ike-tun-routes", new NetlinkListener.Source(socket, new Sink(ours, listener))));
        } catch (ErrnoException e) {
            socket.close();
            throw e;
        }
    }

    /** Nothing is told after that. */
    @Override
    public void close() {
        netlink.close();
    }

    /**
     * How our own routes and rules are told apart.
     *
     * @param port of the socket that makes them: {@code nlmsg_pid} of reports of what it did
     */
    record Ours(int table, int protocol, int port) {}

    /** Called on the watch's thread. */
    interface Listener {
        /** Addresses or interfaces changed, or it is not known what. */
        void onAddresses();

        /** Others' routes changed, and no addresses. */
        void onOthersRoutes();

        /** Somebody else removed routes or rules of ours. */
        void onTampering();
    }

    private static final class Sink implements NetlinkListener.Sink {
        private final Ours ours;
        private final Listener listener;
        private boolean addresses;
        private boolean othersRoutes;
        private boolean tampering;

        Sink(Ours ours, Listener listener) {
            this.ours = ours;
            this.listener = listener;
        }

        @Override
        public void onMessage(NetlinkMessage message) throws NetlinkFormatException {
            int port = message.header().port();
            switch (RouteDecoder.decode(message)) {
                case NewRoute route -> onRoute(RouteRequests.table(route.body(), route.attributes()), true, port);
                case DeleteRoute route -> onRoute(RouteRequests.table(route.body(), route.attributes()), false, port);
                case NewRule rule -> onRule(rule.attributes(), true, port);
                case DeleteRule rule -> onRule(rule.attributes(), false, port);
                default -> addresses = true;
            }
        }

        private void onRoute(int table, boolean added, int port) {
            if (table != ours.table) {
                othersRoutes = true;
            } else if (!added) {
                onLoss(port);
            }
        }

        private void onRule(Attributes rule, boolean added, int port) {
            if (rule.get(Fra.PROTOCOL).orElse(0) != ours.protocol) {
                othersRoutes = true;
            } else if (!added) {
                onLoss(port);
            }
        }

        /** The kernel itself removes routes when an interface goes down or an address goes. */
        private void onLoss(int port) {
            addresses |= port == KERNEL;
            tampering |= port != KERNEL && port != ours.port;
        }

        @Override
        public void onLost() {
            addresses = true;
        }

        @Override
        public void onPause() {
            boolean tellAddresses = addresses;
            boolean tellRoutes = othersRoutes;
            boolean tellTampering = tampering;
            addresses = false;
            othersRoutes = false;
            tampering = false;
            if (tellTampering) {
                listener.onTampering();
            }
            if (tellAddresses) {
                listener.onAddresses();
            } else if (tellRoutes) {
                listener.onOthersRoutes();
            }
        }
    }
}
