package org.ikebana.ike.task;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.KeyExchange;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.proposal.ProposalCodec;
import org.ikebana.ike.proposal.ProposalSelector;
import org.ikebana.ike.proposal.Selection;
import org.ikebana.ike.proposal.Suite;
import org.ikebana.ike.ts.TrafficSelector;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.wire.PayloadType;
import org.ikebana.ike.wire.SaPayload;
import org.jspecify.annotations.Nullable;

/**
 * The SA, TSi and TSr payloads of a child SA (RFC 7296 1.2, 1.3.1, 2.9). A child that fails leaves the IKE SA
 * standing (RFC 7296 1.2): the failure is kept here, not thrown.
 */
public final class ChildCreation implements Task {
    private final CryptoRegistry crypto;
    private final ChildSink sink;
    private final ChildKeying keying;
    private final @Nullable ChildRequest wanted;
    private final Supplier<List<AllowedChild>> allowed;
    private @Nullable Spi reserved;
    private @Nullable Spi orphan;
    private @Nullable NegotiatedChild child;
    private @Nullable ChildAnswer answer;
    private @Nullable Unfinished unfinished;
    private @Nullable Failure failure;

    private ChildCreation(
            CryptoRegistry crypto,
            ChildSink sink,
            ChildKeying keying,
            @Nullable ChildRequest wanted,
            Supplier<List<AllowedChild>> allowed) {
        this.crypto = crypto;
        this.sink = sink;
        this.keying = keying;
        this.wanted = wanted;
        this.allowed = allowed;
    }

    public static ChildCreation initiator(
            CryptoRegistry crypto, ChildSink sink, ChildKeying keying, ChildRequest wanted) {
        return new ChildCreation(crypto, sink, keying, wanted, List::of);
    }

    /** @param configured the connection's children, asked for once the peer is known */
    public static ChildCreation responder(
            CryptoRegistry crypto, ChildSink sink, ChildKeying keying, Supplier<List<ChildConfig>> configured) {
        return new ChildCreation(crypto, sink, keying, null, () -> AllowedChild.ofAll(configured.get()));
    }

    /** @param inUse the selectors of the SA that is rekeyed, which the new one keeps (RFC 7296 2.9.2) */
    static ChildCreation responderOfRekey(
            CryptoRegistry crypto, ChildSink sink, ChildKeying keying, ChildConfig rekeyed, ChildSelectors inUse) {
        return new ChildCreation(crypto, sink, keying, null, () -> AllowedChild.ofRekey(rekeyed, inUse));
    }

    /** Why there is no child, once the exchange is over. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /** The child that failed or came up, where one was found. */
    public Optional<String> childName() {
        return wanted != null
                ? Optional.of(wanted.config().name())
                : Optional.ofNullable(child).map(c -> c.config().name());
    }

    /**
     * Our inbound SPI of a pair that the peer has installed and we have not: it is to be told. An initiator's, once the
     * exchange is over.
     */
    public Optional<Spi> orphan() {
        return Optional.ofNullable(orphan);
    }

    /** What is agreed on waits for additional key exchanges (RFC 9370 2.2.4). */
    private record Unfinished(ChildAgreement agreement, ChildKeySource source, int acquireSeq) {}

    /** All is agreed on, and additional key exchanges are to be made before {@link #complete} is called. */
    boolean isUnfinished() {
        return unfinished != null;
    }

    List<KeyExchange> additional() {
        Suite suite = present(unfinished).agreement.selected().suite();
        return IkeAlgorithms.additional(suite, crypto).orElseThrow();
    }

    /** @param shared of the additional key exchanges, in order; the caller wipes them */
    void complete(List<Secret> shared) {
        Unfinished waiting = present(unfinished);
        unfinished = null;
        try (ChildKeySource source = waiting.source.with(shared)) {
            install(waiting.agreement, source, waiting.acquireSeq);
        } catch (ExchangeException e) {
            fail(e.failure());
        }
    }

    /** The child comes to nothing; where it is not the peer that says so, the peer may have it. */
    void fail(Failure why) {
        failure = why;
        orphan = why instanceof Failure.PeerRefused ? null : reserved;
        abandon();
    }

    @Override
    public void abandon() {
        if (unfinished != null) {
            unfinished.source.close();
            unfinished = null;
        }
        if (reserved != null) {
            sink.abandon(reserved);
            reserved = null;
        }
    }

    @Override
    public void buildRequest(List<Payload> request) throws ExchangeException {
        ChildRequest child = request();
        ChildConfig config = child.config();
        ChildSelectors selectors = child.selectors(sink.localAddress(), sink.remoteAddress());
        Spi spi = reserve(config, config.mode(), selectors.local(), selectors.remote());
        if (config.mode() == SaMode.TRANSPORT) {
            request.add(NotifyPayload.of(NotifyType.USE_TRANSPORT_MODE));
        }
        request.add(ProposalCodec.toWire(keying.offer(config.proposals()), Octets.ofInt(spi.value())));
        request.add(SelectorsOnWire.of(PayloadType.TSI, child.localOffer(selectors.local())));
        request.add(SelectorsOnWire.of(PayloadType.TSR, child.remoteOffer(selectors.remote())));
    }

    @Override
    public void processResponse(InboundMessage response) {
        try {
            accept(response);
        } catch (ExchangeException e) {
            failure = e.failure();
            orphan = response.first(SaPayload.class).isPresent() ? reserved : null;
            abandon();
        }
    }

    @Override
    public void processRequest(InboundMessage request) {
        if (request.first(SaPayload.class).isEmpty()) {
            return; // a childless IKE_AUTH (RFC 6023)
        }
        try {
            answer(request);
        } catch (ExchangeException e) {
            failure = e.failure();
            abandon();
        }
    }

    @Override
    public void buildResponse(List<Payload> response) {
        if (failure != null) {
            response.add(NotifyPayload.of(failure.notifyType().orElse(NotifyType.NO_PROPOSAL_CHOSEN)));
        } else if (answer != null) {
            answer.addTo(response);
        }
    }

    private void accept(InboundMessage response) throws ExchangeException {
        Optional<NotifyPayload> error = response.error();
        if (response.first(SaPayload.class).isEmpty()) {
            throw new ExchangeException(error.map(e -> refusal(e.notifyType()))
                    .orElseGet(() -> new Failure.Malformed("the answer lacks the SA payload of the child")));
        }
        ChildRequest request = request();
        ChildConfig config = request.config();
        SaPayload sa = response.required(SaPayload.class, "SA");
        Selection selection = ProposalSelector.verifyChoice(
                ProposalCodec.fromWire(sa), keying.offer(config.proposals()), keying.policy());
        Selection.Selected selected = ChildAgreement.selected(selection, config);
        ChildSelectors own = request.selectors(sink.localAddress(), sink.remoteAddress());
        List<TrafficSelector> local = SelectorsOnWire.subset(response, PayloadType.TSI, own.local(), config);
        List<TrafficSelector> remote = SelectorsOnWire.subset(response, PayloadType.TSR, own.remote(), config);
        establish(
                ChildAgreement.of(config, Role.INITIATOR, selected, response, local, remote),
                request.acquireSeq().getAsInt());
    }

    private void answer(InboundMessage request) throws ExchangeException {
        ResponderChoice choice = ResponderChoice.of(request, allowed.get(), sink.localAddress(), sink.remoteAddress());
        ChildAgreement agreement = ChildAgreement.answer(request, choice, keying.policy());
        reserve(agreement.config(), agreement.mode(), agreement.local(), agreement.remote());
        answer = new ChildAnswer(agreement, choice.isMorePossible(), present(reserved));
        establish(agreement, 0);
    }

    private void establish(ChildAgreement agreement, int acquireSeq) throws ExchangeException {
        Suite suite = agreement.selected().suite();
        if (IkeAlgorithms.additional(suite, crypto).isEmpty()) {
            throw new ExchangeException(new Failure.LocalFailure(
                    "the configured proposal " + suite + " needs a key exchange that we do not have",
                    Optional.ofNullable(agreement.config().places().get("esp_proposals"))));
        }
        ChildKeySource source = keying.source(suite);
        if (!suite.additionalKeyExchanges().isEmpty()) {
            unfinished = new Unfinished(agreement, source, acquireSeq);
            return;
        }
        try (source) {
            install(agreement, source, acquireSeq);
        }
    }

    private void install(ChildAgreement agreement, ChildKeySource source, int acquireSeq) throws ExchangeException {
        Spi inbound = present(reserved);
        NegotiatedChild negotiated = agreement.with(crypto, source, inbound, acquireSeq);
        try {
            sink.install(negotiated);
        } catch (KernelException e) {
            negotiated.keys().close();
            throw local(e);
        }
        reserved = null;
        child = negotiated;
    }

    private Spi reserve(ChildConfig config, SaMode mode, List<TrafficSelector> local, List<TrafficSelector> remote)
            throws ExchangeException {
        try {
            reserved = sink.reserve(config, mode, local, remote);
            return reserved;
        } catch (KernelException e) {
            throw local(e);
        }
    }

    private Failure refusal(int notifyType) {
        String advice = switch (notifyType) {
            case NotifyType.NO_PROPOSAL_CHOSEN ->
                "it allows none of our esp_proposals, or its kernel cannot install them";
            case NotifyType.TS_UNACCEPTABLE -> "compare local_ts and remote_ts of both sides";
            default -> "";
        };
        return new Failure.PeerRefused(notifyType, advice);
    }

    private static ExchangeException local(KernelException e) {
        return new ExchangeException(new Failure.LocalFailure(e.getMessage(), Optional.empty()));
    }

    private ChildRequest request() {
        return present(wanted);
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("not in this role, or not before the exchange");
        }
        return value;
    }
}
