package org.ikebana.ike.sa;

import java.util.List;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.Payload;

/** From payloads to datagrams: protected, split where the peer takes fragments, and on their way. */
final class Outbox {
    private final IkeSa sa;
    private final SaServices services;

    Outbox(IkeSa sa, SaServices services) {
        this.sa = sa;
        this.services = services;
    }

    /** One message, or its fragments. */
    List<byte[]> seal(KeyedSa keyed, IkeHeader header, List<Payload> payloads) {
        return keyed.channel().seal(header, payloads, room(keyed));
    }

    void send(List<byte[]> messages, Endpoints endpoints) {
        for (byte[] message : messages) {
            services.environment().send(new Datagram(endpoints.local(), endpoints.remote(), message));
        }
    }

    /** Back to where the request came from, whatever the IKE SA's own addresses are (RFC 7296 2.11). */
    void sendBack(List<byte[]> messages, Datagram request) {
        send(messages, new Endpoints(request.local(), request.remote()));
    }

    private int room(KeyedSa keyed) {
        return keyed.init().extensions().fragments().sends()
                ? sa.endpoints().room(services.settings().fragmentSize())
                : Integer.MAX_VALUE;
    }
}
