package org.ikebana.ike.sa;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.ChildlessSupport;
import org.ikebana.ike.task.ExchangeException;
import org.ikebana.ike.task.FragmentUse;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.InitExtensions;
import org.ikebana.ike.task.InitResult;
import org.ikebana.ike.task.KeyExchangeAnswers;
import org.ikebana.ike.task.KeyExchangeAwaitedException;
import org.ikebana.ike.task.KeyExchangeOrder;
import org.ikebana.ike.task.KeyNegotiation;
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

/** A responder's part of IKE_SA_INIT (RFC 7296 1.2): from a request to a half-open IKE SA and its reply. */
public final class InitResponder {
    private final SaServices services;

    public InitResponder(SaServices services) {
        this.services = services;
    }

    /** What came of a request; the reply goes back in clear. */
    public sealed interface Outcome {
        record Accepted(IkeSa ikeSa, byte[] reply) implements Outcome {}

        record Refused(Failure failure, byte[] reply) implements Outcome {}

        /** Once that is computed, the request is to be read again. */
        record Awaiting(KeyExchangeOrder order) implements Outcome {}
    }

    /**
     * @param current those whose addresses fit; asked again when the peer tells who it is, as the configuration may have changed
     * @param spi ours, if it comes to an SA
     * @param answers what has been computed for this request
     */
    public Outcome respond(InboundMessage request, Supplier<Candidates> current, long spi, KeyExchangeAnswers answers) {
        Candidates candidates = current.get();
        Endpoints endpoints =
                new Endpoints(request.datagram().local(), request.datagram().remote());
        KeyNegotiation keys = new KeyNegotiation(
                services.crypto(),
                services.environment().random(),
                candidates::proposals,
                candidates.proposalsPlace(),
                answers);
        boolean pretend = candidates.connections().stream().anyMatch(c -> c.forceEncap());
        NatDetection nat =
                new NatDetection(pretend, request.header().initiatorSpi(), spi, endpoints.local(), endpoints.remote());
        FragmentUse fragments = FragmentUse.wanted(candidates.connections().stream()
                .map(ConnectionConfig::fragmentation)
                .toList());
        SupportNotify fragmentation = SupportNotify.fragmentation(fragments);
        SupportNotify intermediate = SupportNotify.intermediate(true);
        intermediate.processRequest(request);
        ChildlessSupport childless = new ChildlessSupport(candidates.connections().stream()
                .map(ConnectionConfig::childless)
                .toList());
        childless.processRequest(request);
        PpkSupport ppk = PpkSupport.responder(
                services.credentials().ppks(), services.settings().ppkIntermediate());
        ppk.processRequest(request);
        SignatureSupport signatures = new SignatureSupport(candidates.remotes(), services.credentials());
        signatures.processRequest(request);
        SupportedAuthMethods methods = new SupportedAuthMethods(
                services.settings().announceAuthMethods(),
                services.methods(candidates, signatures.peer()),
                endpoints.room(services.settings().fragmentSize()),
                intermediate.agreed());
        SupportNotify multipleAuth = SupportNotify.multipleAuth(
                candidates.connections().stream().anyMatch(ConnectionConfig::isAuthenticatedSeveralTimes));
        try (keys) {
            keys.processRequest(request);
            checkIntermediate(keys, intermediate);
        } catch (KeyExchangeAwaitedException e) {
            return new Outcome.Awaiting(e.order());
        } catch (ExchangeException e) {
            return new Outcome.Refused(e.failure(), refusal(request, e.failure()));
        }
        nat.processRequest(request);
        fragmentation.processRequest(request);
        List<Payload> payloads = new ArrayList<>();
        keys.buildResponse(payloads);
        nat.buildResponse(payloads);
        fragmentation.buildResponse(payloads);
        intermediate.buildResponse(payloads);
        childless.buildResponse(payloads);
        ppk.buildResponse(payloads);
        signatures.buildResponse(payloads);
        methods.buildResponse(payloads);
        multipleAuth.announce(payloads);
        byte[] reply = MessageWriter.write(new IkeMessage(answer(request, spi), payloads));
        IkeSaId id = new IkeSaId(request.header().initiatorSpi(), spi, Role.RESPONDER);
        InitResult init = InitResult.derive(
                Role.RESPONDER,
                keys,
                nat,
                new InitExtensions(
                        fragments.where(fragmentation.agreed()),
                        intermediate.agreed(),
                        childless.agreed(),
                        ppk.agreed(),
                        signatures.peer(),
                        methods.isLater(),
                        multipleAuth.agreed()),
                id.initiatorSpi(),
                spi,
                request.datagram().payload(),
                reply);
        IkeSa sa = new IkeSa(services, id, new Path(endpoints, init.nat()));
        sa.become(new HalfOpenBeforeAuth(sa, services, init, current));
        sa.exchanges().answered(init.request(), init.response());
        return new Outcome.Accepted(sa, reply);
    }

    /** Additional key exchanges have no other place (RFC 9370 2.2.1). */
    private static void checkIntermediate(KeyNegotiation keys, SupportNotify intermediate) throws ExchangeException {
        if (!keys.algorithms().additional().isEmpty() && !intermediate.agreed()) {
            keys.shared().close();
            throw new ExchangeException(new Failure.Malformed(
                    "the peer offers additional key exchanges, but says nothing of IKE_INTERMEDIATE"));
        }
    }

    /** Without an SA the responder SPI is zero (RFC 7296 2.6). */
    private static byte[] refusal(InboundMessage request, Failure failure) {
        Octets data = failure instanceof Failure.InvalidKeyExchange ke
                ? Octets.copyOf((byte) (ke.wanted() >> 8), (byte) ke.wanted())
                : Octets.EMPTY;
        NotifyPayload notify = NotifyPayload.of(failure.notifyType().orElse(NotifyType.NO_PROPOSAL_CHOSEN), data);
        return MessageWriter.write(new IkeMessage(answer(request, 0), List.of(notify)));
    }

    private static IkeHeader answer(InboundMessage request, long spi) {
        IkeHeader header = request.header();
        return IkeHeader.of(header.initiatorSpi(), spi, ExchangeType.IKE_SA_INIT, false, true, header.messageId());
    }
}
