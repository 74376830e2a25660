package org.ikebana.ike.task;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.ts.Narrowing;
import org.ikebana.ike.ts.SelectorCodec;
import org.ikebana.ike.ts.SelectorMismatch;
import org.ikebana.ike.ts.TrafficSelector;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.wire.PayloadType;

/** TSi and TSr payloads of an exchange. */
final class SelectorsOnWire {
    private SelectorsOnWire() {}

    static Payload of(PayloadType type, List<TrafficSelector> selectors) {
        return SelectorCodec.toWire(type, selectors);
    }

    static List<TrafficSelector> read(InboundMessage message, PayloadType type) throws ExchangeException {
        var payload = message.ts(type)
                .orElseThrow(() ->
                        new ExchangeException(new Failure.Malformed("the message lacks its " + type + " payload")));
        return SelectorCodec.fromWire(payload);
    }

    /** An answer must lie within what we asked for (RFC 7296 2.9). */
    static List<TrafficSelector> subset(
            InboundMessage response, PayloadType type, List<TrafficSelector> asked, ChildConfig config)
            throws ExchangeException {
        return switch (Narrowing.verifyAnswer(read(response, type), asked)) {
            case Narrowing.Narrowed narrowed -> narrowed.selectors();
            case Narrowing.Unacceptable beyond ->
                throw new ExchangeException(new Failure.TrafficSelectorsUnacceptable(
                        beyond.reasons().stream()
                                .map(SelectorMismatch::sentence)
                                .toList(),
                        Optional.ofNullable(config.places().get("local_ts"))));
        };
    }
}
