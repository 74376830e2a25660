package org.ikebana.ike.sa;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;

/** A responder whose peer is not authenticated yet; ends when that takes too long. */
sealed interface HalfOpen extends Position permits HalfOpenBeforeAuth, HalfOpenInAuth {
    IkeSa sa();

    @Override
    default Optional<ConnectionConfig> connection() {
        return Optional.empty();
    }

    @Override
    default void onResponse(InboundMessage response) {
        sa().drop(DatagramDrop.AGAINST_THE_RULES);
    }

    /**
     * An initiator may have gone to port 4500, and its NAT have another mapping for that (RFC 7296 2.23). An end without a NAT is
     * where it was: it is somebody else who repeats its request from elsewhere, and was faster.
     */
    @Override
    default void heardFrom(Datagram datagram) {
        Path path = sa().whereabouts().path();
        boolean isPossible = (path.nat().local() || isSameHost(datagram.local(), path.local()))
                && (path.nat().remote() || isSameHost(datagram.remote(), path.remote()));
        if (isPossible) {
            sa().whereabouts().begin(path.to(new Endpoints(datagram.local(), datagram.remote())));
        }
    }

    private static boolean isSameHost(InetSocketAddress one, InetSocketAddress other) {
        return one.getAddress().equals(other.getAddress());
    }

    /** Tells the peer no more than that it is refused. */
    default void refuse(InboundMessage request, Failure failure) {
        sa().reply(request, List.of(NotifyPayload.of(failure.notifyType().orElse(NotifyType.AUTHENTICATION_FAILED))));
        sa().fail(failure);
    }
}
