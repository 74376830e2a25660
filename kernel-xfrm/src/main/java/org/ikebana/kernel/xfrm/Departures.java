package org.ikebana.kernel.xfrm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.NativeMemory;
import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Netlink;
import org.ikebana.kernel.netlink.NetlinkMessage;
import org.ikebana.kernel.netlink.NetlinkSocket;
import org.ikebana.kernel.xfrm.message.XfrmDecoder;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.XfrmMsg;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What deleted SAs had come to. The kernel tells it with each deletion, once the SA takes no packet any more, so that no
 * sequence number is used afterwards; a query before the deletion could be late.
 */
final class Departures implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);

    /** Others' SAs are told here too, while we listen. */
    private static final int BUFFER = 4 << 20;

    private final NetlinkSocket socket;
    private final ByteBuffer received = NativeMemory.allocate(NetlinkSocket.BUFFER_SIZE);
    private final byte[] zeros = new byte[NetlinkSocket.BUFFER_SIZE];

    private Departures(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** In the calling thread's network namespace; hears nothing yet. */
    static Departures open() throws ErrnoException {
        return new Departures(NetlinkSocket.open(Netlink.NETLINK_XFRM, 0, BUFFER));
    }

    /** Deletions from now on are heard; what may be left of an earlier time is not. */
    void begin() throws ErrnoException {
        while (socket.receive(received) != NetlinkSocket.NOTHING) {
            received.put(0, zeros);
        }
        socket.join(XfrmMsg.GROUP_SA);
    }

    /** Those told since {@link #begin}, as they would be added again, with their keys; the caller wipes these. */
    Map<SaKey, XfrmMessage.NewSa> end() throws IOException {
        socket.leave(XfrmMsg.GROUP_SA);
        Map<SaKey, XfrmMessage.NewSa> departed = new HashMap<>();
        try {
            int length = socket.receive(received);
            while (length != NetlinkSocket.NOTHING) {
                for (NetlinkMessage message : NetlinkMessage.split(CStruct.of(received, 0, length))) {
                    take(message, departed);
                }
                length = socket.receive(received);
            }
        } catch (IOException e) {
            LOG.warn("What an SA had come to when it moved was not heard, its next sequence numbers are left out", e);
        } finally {
            received.put(0, zeros);
        }
        return departed;
    }

    private static void take(NetlinkMessage message, Map<SaKey, XfrmMessage.NewSa> departed) throws IOException {
        XfrmMessage decoded = XfrmDecoder.decode(message);
        Optional<XfrmMessage.NewSa> sa = decoded instanceof XfrmMessage.DeleteSa deletion
                ? deletion.attributes()
                        .get(Xfrma.SA)
                        .map(info -> new XfrmMessage.NewSa(
                                info, deletion.attributes().without(Xfrma.SA)))
                : Optional.empty();
        Optional<SaKey> key = Optional.empty();
        if (sa.isPresent()) {
            key = InstalledSas.key(sa.get().body(), sa.get().attributes());
        }
        if (key.isPresent()) {
            departed.put(key.get(), sa.get());
        } else {
            decoded.attributes().wipe();
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
