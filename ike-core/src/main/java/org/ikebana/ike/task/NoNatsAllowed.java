package org.ikebana.ike.task;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;

/** Addresses and ports of the IP header under IKE's protection, where NATs are not provided for (RFC 4555 3.9, 4.2.6). */
final class NoNatsAllowed {
    private NoNatsAllowed() {}

    static NotifyPayload of(InetSocketAddress source, InetSocketAddress destination) {
        return NotifyPayload.of(NotifyType.NO_NATS_ALLOWED, data(source, destination));
    }

    /** Whether somebody on the way has changed what the sender vouches for. */
    static boolean isBrokenBy(InboundMessage message) {
        Datagram datagram = message.datagram();
        return message.notify(NotifyType.NO_NATS_ALLOWED)
                .filter(notify -> !notify.data().equals(data(datagram.remote(), datagram.local())))
                .isPresent();
    }

    /** Both addresses, then both ports. */
    private static Octets data(InetSocketAddress source, InetSocketAddress destination) {
        byte[] from = source.getAddress().getAddress();
        byte[] to = destination.getAddress().getAddress();
        return Octets.wrap(ByteBuffer.allocate(from.length + to.length + 2 * Short.BYTES)
                .put(from)
                .put(to)
                .putShort((short) source.getPort())
                .putShort((short) destination.getPort())
                .array());
    }
}
