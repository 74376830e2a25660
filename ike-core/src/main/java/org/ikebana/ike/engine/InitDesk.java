package org.ikebana.ike.engine;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.sa.Candidates;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.sa.InitResponder;
import org.ikebana.ike.sa.SaServices;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.KeyExchangeAnswers;
import org.ikebana.ike.task.KeyExchangeOrder;
import org.ikebana.ike.wire.Decoded;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.IkeMessage;
import org.ikebana.ike.wire.InitGlance;
import org.ikebana.ike.wire.MessageReader;
import org.ikebana.ike.wire.MessageRules;
import org.ikebana.ike.wire.MessageWriter;

/**
 * Where requests without a responder SPI arrive (RFC 7296 1.2, 2.6): repeated ones get their reply again, new ones
 * pass the half-open gate before any work is done for them.
 */
final class InitDesk {
    private final SaServices services;
    private final ConnectionTable connections;
    private final LongSupplier freshSpi;
    private final Consumer<IkeSa> register;
    private final HalfOpenGate gate;
    private final Cookies cookies;
    private final InitResponder responder;
    private final RefusalReports reports;
    private final Doorkeeper doorkeeper;
    private final Map<Doorkeeper.Origin, IkeSa> byOrigin = new HashMap<>();
    private final Map<IkeSa, Doorkeeper.Origin> origins = new HashMap<>();
    /** Those whose key exchange is being computed count as half-open already. */
    private final Set<Doorkeeper.Origin> awaited = new HashSet<>();

    private boolean open;
    private long demands;

    InitDesk(SaServices services, ConnectionTable connections, LongSupplier freshSpi, Consumer<IkeSa> register) {
        this.services = services;
        this.connections = connections;
        this.freshSpi = freshSpi;
        this.register = register;
        this.gate = new HalfOpenGate(services.settings());
        CookieSecrets secrets = new CookieSecrets(services.environment());
        this.cookies = new Cookies(secrets);
        this.doorkeeper = new Doorkeeper(services.environment(), services.settings(), secrets);
        this.responder = new InitResponder(services);
        this.reports = new RefusalReports(services.environment());
    }

    int halfOpen() {
        return gate.total();
    }

    /** How often a cookie has been asked for. */
    long cookieDemands() {
        return demands + doorkeeper.demands();
    }

    Doorkeeper doorkeeper() {
        return doorkeeper;
    }

    /** There is a configuration to judge peers by. A refusal before that would make them give up. */
    void open() {
        open = true;
    }

    /** Lets nobody begin any more: who repeats it until we are back begins then. */
    void close() {
        open = false;
    }

    void onRequest(Datagram datagram, IkeHeader header) {
        IkeSa known = byOrigin.get(originOf(header, datagram));
        if (known != null) {
            known.onDatagram(datagram, header);
            return;
        }
        if (awaited.contains(originOf(header, datagram))) {
            drop(DatagramDrop.AWAITING_KEY_EXCHANGE);
            return;
        }
        if (!open) {
            drop(DatagramDrop.NOT_OPEN);
            return;
        }
        switch (MessageReader.read(datagram.payload())) {
            case Decoded.Accepted accepted -> onMessage(datagram, accepted.message());
            case Decoded.Dropped dropped -> drop(DatagramDrop.UNREADABLE);
            case Decoded.Answered answered ->
                send(
                        datagram,
                        MessageWriter.write(
                                new IkeMessage(answered.header().answer(), List.of(answered.notification()))));
        }
    }

    /** The SA is authenticated: it counts as half-open no more. */
    void settled(IkeSa ikeSa) {
        closed(ikeSa);
    }

    void closed(IkeSa ikeSa) {
        Doorkeeper.Origin origin = origins.remove(ikeSa);
        if (origin != null) {
            byOrigin.remove(origin);
            settled(origin);
        }
    }

    private void onMessage(Datagram datagram, IkeMessage message) {
        IkeHeader header = message.header();
        if (header.exchange().filter(ExchangeType.IKE_SA_INIT::equals).isEmpty()) {
            drop(DatagramDrop.UNEXPECTED_INIT);
            return;
        }
        if (MessageRules.checkOuter(message).isPresent()) {
            drop(DatagramDrop.AGAINST_THE_RULES);
            return;
        }
        InboundMessage request = new InboundMessage(header, message.payloads(), datagram);
        switch (gate.verdict(
                datagram.remote().getAddress(), services.environment().waiting())) {
            case TOO_BUSY -> drop(DatagramDrop.TOO_BUSY);
            case TOO_MANY -> drop(DatagramDrop.HALF_OPEN_LIMIT);
            case NEEDS_COOKIE -> demandCookie(request);
            case WELCOME -> respond(request, KeyExchangeAnswers.none());
        }
    }

    private void demandCookie(InboundMessage request) {
        Datagram datagram = request.datagram();
        InetAddress initiator = datagram.remote().getAddress();
        if (!(InitGlance.at(datagram.payload()) instanceof InitGlance.Request glance)) {
            drop(DatagramDrop.AGAINST_THE_RULES);
        } else if (cookies.accepts(glance, initiator)) {
            respond(request, KeyExchangeAnswers.none());
        } else { // a wrong one is as none: RFC 7296 2.6.1
            demands++;
            send(datagram, glance.demand(cookies.make(glance, initiator)));
        }
    }

    private void respond(InboundMessage request, KeyExchangeAnswers answers) {
        Datagram datagram = request.datagram();
        Supplier<Candidates> candidates = () -> connections.candidates(
                datagram.local().getAddress(), datagram.remote().getAddress());
        InitResponder.Outcome outcome = responder.respond(request, candidates, freshSpi.getAsLong(), answers);
        switch (outcome) {
            case InitResponder.Outcome.Accepted accepted -> {
                Doorkeeper.Origin origin = originOf(request.header(), datagram);
                byOrigin.put(origin, accepted.ikeSa());
                origins.put(accepted.ikeSa(), origin);
                opened(origin);
                register.accept(accepted.ikeSa());
                send(datagram, accepted.reply());
            }
            case InitResponder.Outcome.Refused refused -> {
                report(datagram, candidates.get(), refused.failure());
                send(datagram, refused.reply());
            }
            case InitResponder.Outcome.Awaiting awaiting -> await(request, awaiting.order());
        }
    }

    /** The request is read again then, as the configuration may have changed; as long as a half-open IKE SA it is waited for. */
    private void await(InboundMessage request, KeyExchangeOrder order) {
        Environment environment = services.environment();
        Doorkeeper.Origin origin = originOf(request.header(), request.datagram());
        Timer patience = environment.after(services.settings().halfOpenTimeout(), () -> ceaseToAwait(origin));
        Optional<Timer> begun = environment.outside(KeyExchangeOrder.PLACE, order::carryOut, outcome -> {
            patience.cancel();
            try (KeyExchangeAnswers answers = KeyExchangeAnswers.of(order, outcome)) {
                if (ceaseToAwait(origin) && open) {
                    respond(request, answers);
                }
            }
        });
        if (begun.isPresent()) {
            awaited.add(origin);
            opened(origin);
        } else {
            patience.cancel();
            drop(DatagramDrop.TOO_BUSY);
        }
    }

    /** Whether it was awaited until now. */
    private boolean ceaseToAwait(Doorkeeper.Origin origin) {
        boolean wasAwaited = awaited.remove(origin);
        if (wasAwaited) {
            settled(origin);
        }
        return wasAwaited;
    }

    private void opened(Doorkeeper.Origin origin) {
        gate.opened(origin.remote().getAddress());
        doorkeeper.opened(origin);
        doorkeeper.crowded(gate.isCrowded());
    }

    private void settled(Doorkeeper.Origin origin) {
        gate.settled(origin.remote().getAddress());
        doorkeeper.settled(origin);
        doorkeeper.crowded(gate.isCrowded());
    }

    /** A wrong first guess of the group is no failure: the peer comes again. */
    private void report(Datagram datagram, Candidates candidates, Failure failure) {
        if (failure instanceof Failure.InvalidKeyExchange) {
            return;
        }
        Failure reason = candidates.connections().isEmpty()
                ? new Failure.LocalFailure(
                        "no connection is configured for this peer's address; look at local_addrs and remote_addrs",
                        Optional.empty())
                : failure;
        reports.refused(datagram.remote(), reason);
    }

    private void send(Datagram request, byte[] reply) {
        services.environment().send(new Datagram(request.local(), request.remote(), reply));
    }

    private static Doorkeeper.Origin originOf(IkeHeader header, Datagram datagram) {
        return new Doorkeeper.Origin(header.initiatorSpi(), datagram.remote());
    }

    private void drop(DatagramDrop cause) {
        services.listener().dropped(cause);
    }
}
