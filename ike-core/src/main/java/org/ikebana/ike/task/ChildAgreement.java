package org.ikebana.ike.task;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.crypto.ChildKeys;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.Encryption;
import org.ikebana.ike.crypto.Integrity;
import org.ikebana.ike.crypto.KeySchedule;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.proposal.Mismatch;
import org.ikebana.ike.proposal.ProposalCodec;
import org.ikebana.ike.proposal.ProposalSelector;
import org.ikebana.ike.proposal.Selection;
import org.ikebana.ike.proposal.SelectionPolicy;
import org.ikebana.ike.ts.TrafficSelector;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.SaPayload;

/**
 * What two sides agree on for a child SA, before there are keys.
 *
 * @param role ours in the exchange
 * @param selected the suite, and the peer's SPI
 * @param takesTfcPadding the peer drops padding after the packet (RFC 7296 1.3.1)
 */
record ChildAgreement(
        ChildConfig config,
        Role role,
        Selection.Selected selected,
        SaMode mode,
        boolean takesTfcPadding,
        List<TrafficSelector> local,
        List<TrafficSelector> remote) {

    /** @param message the peer's, which says which mode it is and what it does not take */
    static ChildAgreement of(
            ChildConfig config,
            Role role,
            Selection.Selected selected,
            InboundMessage message,
            List<TrafficSelector> local,
            List<TrafficSelector> remote) {
        boolean transport = config.mode() == SaMode.TRANSPORT
                && message.notify(NotifyType.USE_TRANSPORT_MODE).isPresent();
        return new ChildAgreement(
                config,
                role,
                selected,
                transport ? SaMode.TRANSPORT : SaMode.TUNNEL,
                message.notify(NotifyType.ESP_TFC_PADDING_NOT_SUPPORTED).isEmpty(),
                local,
                remote);
    }

    /** A responder's. */
    static ChildAgreement answer(InboundMessage request, ResponderChoice choice, SelectionPolicy policy)
            throws ExchangeException {
        ChildConfig config = choice.config();
        return of(
                config,
                Role.RESPONDER,
                select(request, config, policy),
                request,
                choice.selectors().local(),
                choice.selectors().remote());
    }

    static Selection.Selected selected(Selection selection, ChildConfig config) throws ExchangeException {
        return switch (selection) {
            case Selection.Selected selected -> selected;
            case Selection.NoProposalChosen none ->
                throw new ExchangeException(new Failure.NoProposalChosen(
                        "ESP",
                        none.reasons().stream().map(Mismatch::sentence).toList(),
                        Optional.ofNullable(config.places().get("esp_proposals"))));
        };
    }

    /** With keys (RFC 7296 2.17). */
    NegotiatedChild with(CryptoRegistry crypto, ChildKeySource source, Spi inbound, int acquireSeq)
            throws ExchangeException {
        Optional<Encryption> encryption = IkeAlgorithms.encryption(selected.suite(), crypto);
        Optional<Integrity> integrity = IkeAlgorithms.integrity(selected.suite(), crypto);
        if (encryption.isEmpty()) {
            throw new ExchangeException(new Failure.LocalFailure(
                    "the configured proposal " + selected.suite() + " needs an algorithm that we do not have",
                    Optional.ofNullable(config.places().get("esp_proposals"))));
        }
        if (selected.peerSpi().length() != 4) {
            throw new ExchangeException(
                    new Failure.Malformed("an ESP SPI of " + selected.peerSpi().length() + " octets"));
        }
        ChildKeys keys = KeySchedule.childKeys(
                source.prf(),
                source.skD(),
                encryption.get(),
                integrity.orElse(null),
                source.shared(),
                source.ni().toByteArray(),
                source.nr().toByteArray(),
                source.additional());
        Spi outbound = new Spi(selected.peerSpi().toInt());
        return new NegotiatedChild(
                config,
                role,
                selected.suite(),
                mode,
                inbound,
                outbound,
                local,
                remote,
                keys,
                takesTfcPadding && mode == SaMode.TUNNEL ? config.tfcPadding() : 0,
                acquireSeq);
    }

    private static Selection.Selected select(InboundMessage request, ChildConfig config, SelectionPolicy policy)
            throws ExchangeException {
        SaPayload sa = request.required(SaPayload.class, "SA");
        return selected(ProposalSelector.select(ProposalCodec.fromWire(sa), config.proposals(), policy), config);
    }
}
