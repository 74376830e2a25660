package org.ikebana.kernel.xfrm.table;

import java.io.IOException;
import org.ikebana.kernel.linux.CloseOnFailure;
import org.ikebana.kernel.netlink.Netlink;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.netlink.NetlinkListener;
import org.ikebana.kernel.netlink.NetlinkMessage;
import org.ikebana.kernel.netlink.NetlinkSocket;
import org.ikebana.kernel.xfrm.message.XfrmDecoder;
import org.ikebana.kernel.xfrm.message.XfrmMessage;

/** Follows everything that the kernel tells of SAs and policies, whoever changes them. */
public final class XfrmMonitor implements AutoCloseable {
    /** {@code XFRMNLGRP_ACQUIRE} (1) to {@code XFRMNLGRP_MAPPING} (8): all there are. */
    private static final int ALL_GROUPS = 0xff;

    private static final int BUFFER = 8 << 20;

    private final NetlinkListener listener;

    private XfrmMonitor(NetlinkListener listener) {
        this.listener = listener;
    }

    /** Called on the monitor's thread. */
    public interface Watcher {
        /** May carry keys: whoever does not show them wipes its attributes. */
        void onMessage(XfrmMessage message);

        /** The kernel dropped some messages, as nobody was fast enough. */
        void onLost();
    }

    /** In the calling thread's network namespace. Needs CAP_NET_ADMIN. */
    public static XfrmMonitor start(Watcher watcher) throws IOException {
        try (CloseOnFailure opening = new CloseOnFailure()) {
            NetlinkSocket socket =
                    opening.add(NetlinkSocket.open(Netlink.NETLINK_XFRM, ALL_GROUPS, BUFFER), NetlinkSocket::close);
            return opening.succeeded(new XfrmMonitor(
                    NetlinkListener.start("xfrm-monitor", new NetlinkListener.Source(socket, new Sink(watcher)))));
        }
    }

    @Override
    public void close() {
        listener.close();
    }

    private record Sink(Watcher watcher) implements NetlinkListener.Sink {
        @Override
        public void onMessage(NetlinkMessage message) throws NetlinkFormatException {
            watcher.onMessage(XfrmDecoder.decode(message));
        }

        @Override
        public void onLost() {
            watcher.onLost();
        }
    }
}
