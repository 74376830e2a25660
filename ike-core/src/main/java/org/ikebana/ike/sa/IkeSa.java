package org.ikebana.ike.sa;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.IkeSaName;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.NatStatus;
import org.ikebana.ike.task.Role;
import org.ikebana.ike.wire.DeletePayload;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;

/**
 * An IKE SA (RFC 7296 2): its {@link Exchanges}, its children, and the {@link Position} that decides what a message means.
 * Belongs to one event loop.
 */
public final class IkeSa {
    private final SaServices services;
    private final int number;
    private final Exchanges exchanges;
    private final Ending ending;
    private final Origin origin;
    private ChildSas children;
    private IkeSaId id;
    private final Whereabouts whereabouts;
    private Position position = new Closed();
    private Optional<Agreement> agreement = Optional.empty();

    IkeSa(SaServices services, IkeSaId id, Path path) {
        this(services, id, path, new Origin(id.role(), services.environment().nanoTime(), false));
    }

    IkeSa(SaServices services, IkeSaId id, Path path, Origin origin) {
        this.services = services;
        this.number = services.numbers().nextIkeSa();
        this.exchanges = new Exchanges(this, services);
        this.children = new ChildSas(services, this);
        this.id = id;
        this.whereabouts = new Whereabouts(this, services, path);
        this.ending = new Ending(this, services);
        this.origin = origin;
    }

    /**
     * Asks for a further child: with IKE_AUTH where that is still to come and has no child yet, else in an exchange of
     * its own.
     */
    public void addChild(ChildRequest request) {
        new ChildAsking(this, services).add(request);
    }

    /** Whether a child is up in part, and there is more of it that the peer may take (RFC 7296 2.9). */
    public boolean isIncomplete(ChildConfig child) {
        return isEstablished() && children.partition().isIncomplete(child);
    }

    /** Whether {@link #addChild} has a chance. */
    public boolean takesChildren() {
        return new ChildAsking(this, services).hasChance() && !ending.isUnderWay();
    }

    public void start() {
        if (position instanceof Initiating initiating) {
            services.environment()
                    .emit(new IkeEvent.IkeSaInitiating(
                            name(), endpoints().local(), endpoints().remote()));
            initiating.start();
        }
    }

    public IkeSaId id() {
        return id;
    }

    public IkeSaName name() {
        return new IkeSaName(
                connection().map(ConnectionConfig::name).orElse(""), number, id.initiatorSpi(), id.responderSpi());
    }

    public Endpoints endpoints() {
        return whereabouts.path().endpoints();
    }

    public Optional<ConnectionConfig> connection() {
        return position.connection();
    }

    /**
     * Goes on with a configuration that is the same but for its children; the caller closes those that are not.
     *
     * @return false if this SA is only being negotiated, with the children that were configured before
     */
    public boolean adopt(ConnectionConfig changed) {
        return switch (position) {
            case Established established -> {
                established.adopt(changed);
                yield true;
            }
            case Rekeyed rekeyed -> true;
            case Closing closing -> true;
            case Closed closed -> true;
            case Beginning beginning -> false;
            case HalfOpen halfOpen -> false;
            case Awaiting waiting -> false;
        };
    }

    public boolean isEstablished() {
        return position instanceof Established established && established.isAtWork();
    }

    public Origin origin() {
        return origin;
    }

    public boolean isClosed() {
        return position instanceof Closed;
    }

    /** The authenticated peer, once there is one. */
    public Optional<Identity> remoteId() {
        return position instanceof Established established ? Optional.of(established.remoteId()) : Optional.empty();
    }

    public Optional<Identity> localId() {
        return position instanceof Established established ? Optional.of(established.localId()) : Optional.empty();
    }

    /** Known from its establishment on, to its very end. */
    public Optional<Agreement> agreement() {
        return agreement;
    }

    public List<ChildSa> childSas() {
        return children.all();
    }

    /** What its messages are encrypted by, once that is known and until it is closed; for a capture that root asks for. */
    public Optional<IkeSaSecrets> secrets() {
        return position.keyed()
                .map(keyed -> IkeSaSecrets.copyOf(
                        id, keyed.init().algorithms().suite(), keyed.init().keys()));
    }

    /** Takes a datagram whose SPIs are this SA's. */
    public void onDatagram(Datagram datagram, IkeHeader header) {
        boolean fromInitiator = id.role() == Role.RESPONDER;
        if (header.initiator() != fromInitiator) {
            drop(DatagramDrop.AGAINST_THE_RULES);
        } else if (header.response()) {
            exchanges.onResponse(datagram, header);
        } else {
            exchanges.onRequest(datagram, header);
        }
    }

    public void onKernelEvent(KernelEvent event) {
        if (position instanceof Established established) {
            new KernelNews(this, established).on(event);
        }
    }

    public void rekeyChild(ChildSa child) {
        ifEstablished(established -> established.rekeys().rekey(child));
    }

    /** Asks whether the peer is there (RFC 7296 2.4). */
    public void checkLiveness() {
        ifEstablished(established -> established.checkLiveness());
    }

    /**
     * Asks the same, whatever else has shown it.
     *
     * @param result told the nanoseconds until the answer, on the event loop; not told if there is none
     */
    public void measureRoundTrip(LongConsumer result) {
        ifEstablished(established -> established.measureRoundTrip(result));
    }

    /** The peer says in clear that it has lost this IKE SA or a child, and perhaps proves it (RFC 7296 2.4, RFC 6290). */
    public void onHint(List<Octets> tokens) {
        ifEstablished(established -> established.crash().onHint(tokens));
    }

    /** Whether this is our SPI of an IKE SA that is being negotiated to go on instead of this one. */
    public boolean hasPromised(long spi) {
        return position instanceof Established established
                && established.ikeRekeys().hasPromised(spi);
    }

    /** Fresh keys for this IKE SA; its children go over to the new one. */
    public void rekey() {
        ifEstablished(established -> established.ikeRekeys().rekey());
    }

    /** Another authentication of both ends: its time has come, or somebody asks for it (RFC 7296 2.8.3). */
    public void reauthenticate() {
        if (isEstablished()) {
            services.listener().reauthenticationDue(this);
        }
    }

    /** Deletes a child here and at the peer; the IKE SA stays. */
    public void closeChild(ChildSa child) {
        deleteChild(child, CloseCause.LOCAL);
    }

    void deleteChild(ChildSa child, CloseCause cause) {
        ifEstablished(established -> established.deleteChild(child, cause));
    }

    /** Removes the children now, tells the peer, and ends when it answers or does not. */
    public void terminate(CloseCause cause) {
        ending.terminate(cause);
    }

    /** Another IKE SA goes on instead of this one, which the peer is to delete. */
    public void awaitRedundantDeletion() {
        ifEstablished(established -> established.ikeRekeys().awaitRedundantDeletion());
    }

    /** The peer has not yet taken part. */
    public boolean isBeginning() {
        return position instanceof Initiating;
    }

    /** What this one was to ask for, and has not yet; it goes without a word. Another IKE SA is to ask for it. */
    public List<ChildRequest> withdraw() {
        if (!(position instanceof Initiating initiating)) {
            return List.of();
        }
        List<ChildRequest> wanted = initiating.children();
        close(CloseCause.REDUNDANT);
        return wanted;
    }

    /** A protected request has been answered. */
    public boolean hasReplied() {
        return exchanges.hasReplied();
    }

    /** Says the last reply again where a peer repeats its request. False if this is none such. */
    public boolean repeats(Datagram datagram, IkeHeader header) {
        return exchanges.repeats(datagram, header);
    }

    /** Ends at once; the peer learns nothing. */
    public void close(CloseCause cause) {
        ending.end(cause, Optional.empty());
    }

    private void ifEstablished(Consumer<Established> action) {
        if (position instanceof Established established) {
            action.accept(established);
        }
    }

    // ---- what positions do with their SA

    ChildSas children() {
        return children;
    }

    Whereabouts whereabouts() {
        return whereabouts;
    }

    Position position() {
        return position;
    }

    Exchanges exchanges() {
        return exchanges;
    }

    void become(Position next) {
        position.leave();
        position = next;
        if (next instanceof Established established) {
            agreement = Optional.of(established.agreement());
        }
    }

    /** IKE_SA_INIT is done: the peer's SPI is known. */
    void keyed(long responderSpi, NatStatus nat, boolean mobike) {
        exchanges.completed();
        id = id.withResponderSpi(responderSpi);
        whereabouts.begin(
                whereabouts.path().floated(nat, mobike, services.settings().natPort()));
    }

    void reportFailure(Optional<String> child, Failure failure) {
        services.environment()
                .emit(new IkeEvent.NegotiationFailed(name(), child, endpoints().remote(), failure));
    }

    /** Has them from now on in the place of its predecessor. */
    void takeChildrenOf(IkeSa predecessor) {
        children = predecessor.children;
        children.moveTo(this);
        predecessor.children = new ChildSas(services, predecessor);
    }

    void sendProtected(ExchangeType exchange, List<Payload> payloads) {
        exchanges.sendProtected(exchange, payloads);
    }

    void reply(InboundMessage request, List<Payload> payloads) {
        exchanges.reply(request, payloads);
    }

    /** Ends without the peer, which either does not know of us or has been told. */
    void fail(Failure failure) {
        reportFailure(Optional.empty(), failure);
        ending.end(CloseCause.FAILED, Optional.of(failure));
    }

    /** Ends, and tells a peer that takes the SA for good what is wrong (RFC 7296 2.21.2). */
    void refuse(Failure failure) {
        reportFailure(Optional.empty(), failure);
        ending.refuse(failure);
    }

    void drop(DatagramDrop cause) {
        services.listener().dropped(cause);
    }

    void warn(String text) {
        services.environment().emit(new IkeEvent.Warning(name(), text));
    }

    void sayGoodbye(CloseCause cause) {
        ending.sayLast(cause, DeletePayload.ofIke(), Optional.empty());
    }
}
