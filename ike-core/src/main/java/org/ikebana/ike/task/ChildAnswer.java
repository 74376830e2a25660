package org.ikebana.ike.task;

import java.util.List;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.proposal.ProposalCodec;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.wire.PayloadType;

/**
 * A responder's SA, TSi and TSr payloads for a child that is installed.
 *
 * @param isMorePossible the peer may have more of what it has asked for, in an SA of its own (RFC 7296 2.9)
 */
record ChildAnswer(ChildAgreement agreement, boolean isMorePossible, Spi inbound) {
    void addTo(List<Payload> response) {
        if (isMorePossible) {
            response.add(NotifyPayload.of(NotifyType.ADDITIONAL_TS_POSSIBLE));
        }
        if (agreement.mode() == SaMode.TRANSPORT) {
            response.add(NotifyPayload.of(NotifyType.USE_TRANSPORT_MODE));
        }
        response.add(ProposalCodec.toWire(
                agreement.selected().suite(), agreement.selected().number(), Octets.ofInt(inbound.value())));
        response.add(SelectorsOnWire.of(PayloadType.TSI, agreement.remote()));
        response.add(SelectorsOnWire.of(PayloadType.TSR, agreement.local()));
    }
}
