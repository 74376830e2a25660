package org.ikebana.ike.task;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.jspecify.annotations.Nullable;

/**
 * An INFORMATIONAL exchange about addresses (RFC 4555 3.5 to 3.8): moves the SAs to those of the IP header, announces other
 * ones, or finds out whether the peer receives what is sent to it.
 */
public final class AddressExchange implements Task {
    /** Octets of a COOKIE2 of ours; 8 to 64 are allowed (RFC 4555 4.2.5). */
    public static final int COOKIE_LENGTH = 16;

    private final Ask ask;
    private final NatDetection nat;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final Consumer<AddressExchange> done;
    private @Nullable InboundMessage received;

    /**
     * What a request is about.
     *
     * @param update the SAs are to move
     * @param cookie must come back in the response, which shows that the peer has received the request
     * @param natDetection find NATs on the way; where the peer does not take part, none is allowed
     * @param addresses ours beside the one in the IP header, if they are to be told
     */
    public record Ask(
            boolean update, Optional<Octets> cookie, boolean natDetection, Optional<List<InetAddress>> addresses) {
        /** Are you there? */
        public static final Ask NOTHING = new Ask(false, Optional.empty(), false, Optional.empty());
    }

    private AddressExchange(
            Ask ask,
            NatDetection nat,
            InetSocketAddress local,
            InetSocketAddress remote,
            Consumer<AddressExchange> done) {
        this.ask = ask;
        this.nat = nat;
        this.local = local;
        this.remote = remote;
        this.done = done;
    }

    /**
     * @param nat between these two ends
     * @param done called when the response has been read
     */
    public static AddressExchange initiator(
            Ask ask,
            NatDetection nat,
            InetSocketAddress local,
            InetSocketAddress remote,
            Consumer<AddressExchange> done) {
        return new AddressExchange(ask, nat, local, remote, done);
    }

    /** @param nat between the ends of the request's IP header */
    public static AddressExchange responder(NatDetection nat, InboundMessage request) {
        return new AddressExchange(
                Ask.NOTHING, nat, request.datagram().local(), request.datagram().remote(), ignored -> {});
    }

    /** Whether the peer says this in its message. */
    public boolean isTold(int notifyType) {
        return received != null && received.notify(notifyType).isPresent();
    }

    /** Whether somebody on the way has changed addresses that the peer vouches for. */
    public boolean hasUnexpectedNat() {
        return received != null && NoNatsAllowed.isBrokenBy(received);
    }

    /** What NAT detection has found, where the peer's message had it. */
    public Optional<NatStatus> natStatus() {
        return Optional.of(nat.status()).filter(NatStatus::supported);
    }

    /** How the peer says that it sees us, to compare with what it said before (RFC 4555 3.8). */
    public Optional<Octets> seenAs() {
        return received == null
                ? Optional.empty()
                : received.notify(NotifyType.NAT_DETECTION_DESTINATION_IP).map(NotifyPayload::data);
    }

    /** The peer's addresses beside the one in the IP header, where it tells them. */
    public Optional<List<InetAddress>> peerAddresses() {
        return received == null ? Optional.empty() : PeerAddressList.read(received);
    }

    @Override
    public void buildRequest(List<Payload> request) {
        if (ask.update) {
            request.add(NotifyPayload.of(NotifyType.UPDATE_SA_ADDRESSES));
        }
        ask.addresses.ifPresent(addresses -> PeerAddressList.add(request, addresses, true));
        if (ask.natDetection) {
            nat.buildRequest(request);
        } else if (ask.update || ask.addresses.isPresent()) {
            request.add(NoNatsAllowed.of(local, remote));
        }
        ask.cookie.ifPresent(cookie -> request.add(NotifyPayload.of(NotifyType.COOKIE2, cookie)));
    }

    /** @throws ExchangeException when the cookie is not ours: the IKE SA must end (RFC 4555 3.7) */
    @Override
    public void processResponse(InboundMessage response) throws ExchangeException {
        received = response;
        if (ask.cookie.isPresent()) {
            Optional<Octets> back = response.notify(NotifyType.COOKIE2).map(NotifyPayload::data);
            if (!back.equals(ask.cookie)) {
                throw new ExchangeException(new Failure.PeerMisbehaved(
                        "the peer's COOKIE2 is not the one that it was sent: it may not be where it says it is"));
            }
        }
        nat.processResponse(response);
        done.accept(this);
    }

    @Override
    public void processRequest(InboundMessage request) {
        received = request;
        nat.processRequest(request);
    }

    /** What any request may ask for: hashes for its hashes, its cookie as it came. */
    @Override
    public void buildResponse(List<Payload> response) {
        nat.buildResponse(response);
        if (received != null) {
            received.notify(NotifyType.COOKIE2).ifPresent(response::add);
        }
    }
}
