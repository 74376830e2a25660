package org.ikebana.ike.task;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;

/** Agrees in IKE_AUTH that the ends' addresses may change (RFC 4555 3.2, 3.4). */
public final class MobikeSupport implements Task {
    private final boolean natsAllowed;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private boolean enabled;
    private List<InetAddress> additional = List.of();
    private boolean agreed;
    private List<InetAddress> peerAddresses = List.of();

    /** @param natsAllowed both ends take part in NAT detection */
    public MobikeSupport(boolean natsAllowed, InetSocketAddress local, InetSocketAddress remote) {
        this.natsAllowed = natsAllowed;
        this.local = local;
        this.remote = remote;
    }

    /**
     * Wants it: a responder learns only from the identities which connection it is.
     *
     * @param ours our addresses beside the one in use
     */
    public void enable(List<InetAddress> ours) {
        enabled = true;
        additional = List.copyOf(ours);
    }

    /** Both ends want it. */
    public boolean agreed() {
        return enabled && agreed;
    }

    /** Those that the peer names beside the one in the IP header. */
    public List<InetAddress> peerAddresses() {
        return peerAddresses;
    }

    @Override
    public void buildRequest(List<Payload> request) {
        if (enabled) {
            add(request);
            if (!natsAllowed) {
                request.add(NoNatsAllowed.of(local, remote));
            }
        }
    }

    @Override
    public void processResponse(InboundMessage response) {
        read(response);
    }

    @Override
    public void processRequest(InboundMessage request) throws ExchangeException {
        if (NoNatsAllowed.isBrokenBy(request)) {
            throw new ExchangeException(new Failure.UnexpectedNat(
                    request.datagram().remote().getAddress().getHostAddress()));
        }
        read(request);
    }

    @Override
    public void buildResponse(List<Payload> response) {
        if (agreed()) {
            add(response);
        }
    }

    private void add(List<Payload> payloads) {
        payloads.add(NotifyPayload.of(NotifyType.MOBIKE_SUPPORTED));
        PeerAddressList.add(payloads, additional, false);
    }

    private void read(InboundMessage message) {
        agreed = message.notify(NotifyType.MOBIKE_SUPPORTED).isPresent();
        peerAddresses = PeerAddressList.read(message).orElse(List.of());
    }
}
