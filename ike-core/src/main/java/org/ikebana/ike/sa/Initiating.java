package org.ikebana.ike.sa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.proposal.Proposal;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.ChildlessSupport;
import org.ikebana.ike.task.ExchangeException;
import org.ikebana.ike.task.FragmentUse;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.InitExtensions;
import org.ikebana.ike.task.InitResult;
import org.ikebana.ike.task.KeyNegotiation;
import org.ikebana.ike.task.MethodList;
import org.ikebana.ike.task.NatDetection;
import org.ikebana.ike.task.PpkSupport;
import org.ikebana.ike.task.Role;
import org.ikebana.ike.task.SignatureSupport;
import org.ikebana.ike.task.SupportNotify;
import org.ikebana.ike.task.SupportedAuthMethods;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.IkeMessage;
import org.ikebana.ike.wire.MessageWriter;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.jspecify.annotations.Nullable;

/** An initiator that has sent IKE_SA_INIT (RFC 7296 1.2); serves COOKIE and INVALID_KE_PAYLOAD as well. */
final class Initiating implements Beginning {
    /** Cookies and groups that we follow before the peer counts as misbehaving (RFC 7296 2.6.1). */
    private static final int MAX_RETRIES = 5;

    private static final int MAX_COOKIE = 64;

    private final IkeSa sa;
    private final SaServices services;
    private final ConnectionConfig connection;
    private final List<ChildRequest> children;
    private final KeyNegotiation keys;
    private final NatDetection nat;
    private final FragmentUse fragments;
    private final SupportNotify fragmentation;
    private final SupportNotify intermediate;
    private final SupportNotify multipleAuth;
    private final ChildlessSupport childless;
    private final PpkSupport ppk;
    private final SignatureSupport signatures;
    private @Nullable Octets cookie;
    private int retries;
    private byte[] request = new byte[0];

    Initiating(IkeSa sa, SaServices services, ConnectionConfig connection, List<ChildRequest> children) {
        this.sa = sa;
        this.services = services;
        this.connection = connection;
        this.children = new ArrayList<>(children);
        this.keys = new KeyNegotiation(
                services.crypto(),
                services.environment().random(),
                connection::proposals,
                Optional.ofNullable(connection.places().get("proposals")));
        this.nat = new NatDetection(
                connection.forceEncap(),
                sa.id().initiatorSpi(),
                0,
                sa.endpoints().local(),
                sa.endpoints().remote());
        this.fragments = FragmentUse.wanted(List.of(connection.fragmentation()));
        this.fragmentation = SupportNotify.fragmentation(fragments);
        this.childless = new ChildlessSupport(List.of(connection.childless()));
        this.ppk = PpkSupport.initiator(
                connection, services.credentials().ppks(), services.settings().ppkIntermediate());
        this.intermediate = SupportNotify.intermediate(ppk.needsIntermediate()
                || connection.proposals().stream().anyMatch(Proposal::hasAdditionalKeyExchanges));
        this.multipleAuth = SupportNotify.multipleAuth(connection.isAuthenticatedSeveralTimes());
        this.signatures = new SignatureSupport(List.of(connection.remote()), services.credentials());
    }

    @Override
    public IkeSa sa() {
        return sa;
    }

    List<ChildRequest> children() {
        return List.copyOf(children);
    }

    @Override
    public void addChild(ChildRequest request) {
        children.add(request);
    }

    void start() {
        try {
            keys.start();
            send();
        } catch (ExchangeException e) {
            sa.fail(e.failure());
        }
    }

    @Override
    public Optional<KeyedSa> keyed() {
        return Optional.empty();
    }

    @Override
    public Optional<ConnectionConfig> connection() {
        return Optional.of(connection);
    }

    @Override
    public void onResponse(InboundMessage response) {
        try {
            Optional<NotifyPayload> asked = response.notify(NotifyType.COOKIE);
            Optional<NotifyPayload> error = response.error();
            if (asked.isPresent()) {
                retryWithCookie(asked.get().data());
            } else if (error.isPresent()) {
                refused(error.get());
            } else {
                complete(response);
            }
        } catch (ExchangeException e) {
            sa.fail(e.failure());
        }
    }

    @Override
    public void onNoAnswer() {
        sa.fail(new Failure.NoAnswer(
                "no answer from " + sa.endpoints().remote().getAddress().getHostAddress()
                        + " port " + sa.endpoints().remote().getPort() + " to "
                        + (services.settings().retransmitTries() + 1)
                        + " IKE_SA_INIT requests; is an IKE daemon running there, and is UDP let through?"));
    }

    @Override
    public void leave() {
        keys.close();
    }

    private void send() throws ExchangeException {
        List<Payload> payloads = new ArrayList<>();
        if (cookie != null) {
            payloads.add(NotifyPayload.of(NotifyType.COOKIE, cookie));
        }
        keys.buildRequest(payloads);
        nat.buildRequest(payloads);
        fragmentation.buildRequest(payloads);
        intermediate.buildRequest(payloads);
        ppk.buildRequest(payloads);
        signatures.buildRequest(payloads);
        IkeHeader header = sa.exchanges().own().header(ExchangeType.IKE_SA_INIT);
        request = MessageWriter.write(new IkeMessage(header, payloads));
        sa.exchanges().send(ExchangeType.IKE_SA_INIT, request);
    }

    private void retryWithCookie(Octets data) throws ExchangeException {
        if (data.isEmpty() || data.length() > MAX_COOKIE) {
            throw new ExchangeException(new Failure.Malformed("a cookie of " + data.length() + " octets"));
        }
        countRetry();
        cookie = data;
        send();
    }

    private void refused(NotifyPayload error) throws ExchangeException {
        if (error.notifyType() == NotifyType.INVALID_KE_PAYLOAD && error.data().length() == 2) {
            countRetry();
            keys.restart(error.data().at(0) << 8 | error.data().at(1));
            send();
            return;
        }
        String advice = error.notifyType() == NotifyType.NO_PROPOSAL_CHOSEN
                ? "it allows none of our proposals " + connection.proposals() + ", or has no connection for our address"
                : "";
        throw new ExchangeException(new Failure.PeerRefused(error.notifyType(), advice));
    }

    private void countRetry() throws ExchangeException {
        if (++retries > MAX_RETRIES) {
            throw new ExchangeException(
                    new Failure.PeerMisbehaved("the peer asked " + retries + " times for another IKE_SA_INIT"));
        }
    }

    private void complete(InboundMessage response) throws ExchangeException {
        long responderSpi = response.header().responderSpi();
        if (responderSpi == 0) {
            throw new ExchangeException(new Failure.Malformed("the answer to IKE_SA_INIT has no responder SPI"));
        }
        nat.processResponse(response);
        fragmentation.processResponse(response);
        intermediate.processResponse(response);
        childless.processResponse(response);
        ppk.processResponse(response);
        signatures.processResponse(response);
        SupportedAuthMethods methods =
                new SupportedAuthMethods(services.settings().announceAuthMethods(), MethodList.EMPTY);
        methods.processResponse(response);
        multipleAuth.processResponse(response);
        ChildlessSupport.leavesOutChild(connection, childless.agreed(), !children.isEmpty()); // no use to go on
        keys.processResponse(response);
        if (!keys.algorithms().additional().isEmpty() && !intermediate.agreed()) {
            keys.shared().close();
            throw new ExchangeException(new Failure.PeerMisbehaved(
                    "the peer chose additional key exchanges, but says nothing of IKE_INTERMEDIATE"));
        }
        InitResult result = InitResult.derive(
                Role.INITIATOR,
                keys,
                nat,
                new InitExtensions(
                        fragments.where(fragmentation.agreed()),
                        intermediate.agreed(),
                        childless.agreed(),
                        ppk.agreed(),
                        signatures.peer().announcing(methods.peers()),
                        intermediate.agreed() && methods.isLater(),
                        multipleAuth.agreed()),
                sa.id().initiatorSpi(),
                responderSpi,
                request,
                response.datagram().payload());
        sa.keyed(responderSpi, nat.status(), connection.mobike());
        KeyedSa keyed = KeyedSa.of(services, result);
        if (Intermediate.isNeeded(result)) {
            Intermediate next = new Intermediate(sa, services, connection, children, keyed);
            sa.become(next);
            next.start();
        } else {
            Authenticating.begin(sa, services, connection, children, keyed);
        }
    }
}
