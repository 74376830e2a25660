package org.ikebana.kernel.xfrm;

import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.KernelListener;
import org.ikebana.kernel.link.TunnelNetwork;
import org.ikebana.kernel.linux.CloseOnFailure;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.netlink.Netlink;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.netlink.NetlinkListener;
import org.ikebana.kernel.netlink.NetlinkMessage;
import org.ikebana.kernel.netlink.NetlinkSocket;
import org.ikebana.kernel.rtnetlink.RouteDecoder;
import org.ikebana.kernel.rtnetlink.Rtm;
import org.ikebana.kernel.xfrm.message.XfrmDecoder;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.XfrmMsg;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows what the kernel tells about SAs, packets without SA, addresses and routes. */
final class KernelEvents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KernelEvents.class);

    private static final int XFRM_GROUPS = 1 << (XfrmMsg.GROUP_ACQUIRE - 1)
            | 1 << (XfrmMsg.GROUP_EXPIRE - 1)
            | 1 << (XfrmMsg.GROUP_MIGRATE - 1)
            | 1 << (XfrmMsg.GROUP_MAPPING - 1);
    /** Enough for a burst of some ten thousand acquires. */
    static final int XFRM_BUFFER = 8 << 20;

    private static final int ROUTE_GROUPS = Rtm.GROUP_LINK
            | Rtm.GROUP_IPV4_IFADDR
            | Rtm.GROUP_IPV4_ROUTE
            | Rtm.GROUP_IPV6_IFADDR
            | Rtm.GROUP_IPV6_ROUTE;

    private static final int ROUTE_BUFFER = 1 << 18;

    private final NetlinkListener netlink;
    private volatile KernelListener listener = event -> {};

    /** Starts to listen, with room for {@code buffer} octets of events in the kernel. */
    KernelEvents(int buffer) throws ErrnoException {
        try (CloseOnFailure opening = new CloseOnFailure()) {
            NetlinkSocket xfrm =
                    opening.add(NetlinkSocket.open(Netlink.NETLINK_XFRM, XFRM_GROUPS, buffer), NetlinkSocket::close);
            NetlinkSocket route = opening.add(
                    NetlinkSocket.open(Netlink.NETLINK_ROUTE, ROUTE_GROUPS, ROUTE_BUFFER), NetlinkSocket::close);
            netlink = opening.succeeded(NetlinkListener.start(
                    "ike-xfrm-events",
                    new NetlinkListener.Source(xfrm, new XfrmSink()),
                    new NetlinkListener.Source(route, new RouteSink())));
        }
    }

    void listen(KernelListener newListener) {
        listener = newListener;
    }

    @Override
    public void close() {
        netlink.close();
    }

    private void tell(KernelEvent event) {
        try {
            listener.onEvent(event);
        } catch (RuntimeException e) {
            LOG.error("{} was not dealt with", event, e);
        }
    }

    private final class XfrmSink implements NetlinkListener.Sink {
        @Override
        public void onMessage(NetlinkMessage message) throws NetlinkFormatException {
            XfrmMessage decoded = XfrmDecoder.decode(message);
            if (decoded instanceof XfrmMessage.Migrate migration) {
                LOG.info(
                        "Another program moves the SAs of {}",
                        Selectors.fromKernel(migration.body().sel()));
            }
            EventReader.read(decoded).ifPresent(KernelEvents.this::tell);
        }

        @Override
        public void onLost() {
            tell(new KernelEvent.EventsLost());
        }
    }

    /** Routes change in bursts, when an interface goes or a routing daemon starts: one event for what came together. */
    private final class RouteSink implements NetlinkListener.Sink {
        private boolean changed;

        @Override
        public void onMessage(NetlinkMessage message) throws NetlinkFormatException {
            changed |= !TunnelNetwork.isOwnRoute(RouteDecoder.decode(message));
        }

        @Override
        public void onLost() {
            changed = true;
        }

        @Override
        public void onPause() {
            if (changed) {
                changed = false;
                tell(new KernelEvent.AddressChanged());
            }
        }
    }
}
