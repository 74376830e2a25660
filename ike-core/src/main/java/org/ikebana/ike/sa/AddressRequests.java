package org.ikebana.ike.sa;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ikebana.ike.task.AddressExchange;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.NatDetection;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.Octets;

/** The INFORMATIONAL requests about addresses (RFC 4555 3.5 to 3.8), between the ends that the IKE SA has when they go. */
final class AddressRequests {
    private final IkeSa sa;
    private final SaServices services;
    private final Established established;

    AddressRequests(IkeSa sa, SaServices services, Established established) {
        this.sa = sa;
        this.services = services;
        this.established = established;
    }

    /** Is the next request; those that wait already wait on. */
    void add(Function<Established, AddressExchange> begin) {
        established
                .queue()
                .addFirst(new ExchangeQueue.Exchange(
                        ExchangeType.INFORMATIONAL,
                        ExchangeQueue.Subject.OTHER,
                        now -> Optional.of(begin.apply(now)),
                        (now, failure) -> now.warn(failure.sentence())));
    }

    /** Moves the SAs to the way that the request goes. */
    AddressExchange update(Optional<List<InetAddress>> addresses, Consumer<AddressExchange> done) {
        return exchange(new AddressExchange.Ask(true, cookie(), isNatDetected(), addresses), done);
    }

    AddressExchange announcement(List<InetAddress> addresses, Consumer<AddressExchange> done) {
        return exchange(new AddressExchange.Ask(false, cookie(), isNatDetected(), Optional.of(addresses)), done);
    }

    /** Does the peer receive what is sent there? */
    AddressExchange routability(Consumer<AddressExchange> done) {
        return exchange(new AddressExchange.Ask(false, cookie(), false, Optional.empty()), done);
    }

    /** Is the peer there, and how does it see us? */
    AddressExchange natDetection(Consumer<AddressExchange> done) {
        return exchange(new AddressExchange.Ask(false, Optional.empty(), true, Optional.empty()), done);
    }

    /** A request of the peer's, which has been read. */
    AddressExchange received(InboundMessage request) {
        AddressExchange exchange = AddressExchange.responder(
                between(request.datagram().local(), request.datagram().remote()), request);
        exchange.processRequest(request);
        return exchange;
    }

    private AddressExchange exchange(AddressExchange.Ask ask, Consumer<AddressExchange> done) {
        Path now = sa.whereabouts().path();
        return AddressExchange.initiator(ask, between(now.local(), now.remote()), now.local(), now.remote(), done);
    }

    private NatDetection between(InetSocketAddress local, InetSocketAddress remote) {
        return new NatDetection(
                established.config().forceEncap(),
                sa.id().initiatorSpi(),
                sa.id().responderSpi(),
                local,
                remote);
    }

    /** The peer took part in IKE_SA_INIT already. */
    private boolean isNatDetected() {
        return established.init().nat().supported();
    }

    private Optional<Octets> cookie() {
        byte[] cookie = new byte[AddressExchange.COOKIE_LENGTH];
        services.environment().random().nextBytes(cookie);
        return Optional.of(Octets.wrap(cookie));
    }
}
