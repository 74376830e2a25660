package org.ikebana.ike.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.wire.IdPayload;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.wire.PayloadType;
import org.ikebana.ike.wire.TsPayload;

/**
 * A message as tasks see it: checked against the message rules, decrypted where it was protected.
 *
 * @param payloads the inner payloads of a protected message
 * @param datagram what it came in, or its first fragment
 * @param content of an IKE_INTERMEDIATE message what both ends authenticate, else empty ({@link
 *     org.ikebana.ike.wire.IntermediateContent})
 */
public record InboundMessage(IkeHeader header, List<Payload> payloads, Datagram datagram, Octets content) {
    public InboundMessage(IkeHeader header, List<Payload> payloads, Datagram datagram) {
        this(header, payloads, datagram, Octets.EMPTY);
    }

    public <T extends Payload> Optional<T> first(Class<T> type) {
        for (Payload payload : payloads) {
            if (type.isInstance(payload)) {
                return Optional.of(type.cast(payload));
            }
        }
        return Optional.empty();
    }

    public <T extends Payload> T required(Class<T> type, String name) throws ExchangeException {
        return first(type)
                .orElseThrow(() ->
                        new ExchangeException(new Failure.Malformed("the message lacks its " + name + " payload")));
    }

    public <T extends Payload> List<T> all(Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Payload payload : payloads) {
            if (type.isInstance(payload)) {
                found.add(type.cast(payload));
            }
        }
        return found;
    }

    public Optional<NotifyPayload> notify(int notifyType) {
        for (Payload payload : payloads) {
            if (payload instanceof NotifyPayload notify && notify.notifyType() == notifyType) {
                return Optional.of(notify);
            }
        }
        return Optional.empty();
    }

    /** The first error among the notifies (RFC 7296 3.10.1: types below 16384). */
    public Optional<NotifyPayload> error() {
        for (Payload payload : payloads) {
            if (payload instanceof NotifyPayload notify && NotifyType.isError(notify.notifyType())) {
                return Optional.of(notify);
            }
        }
        return Optional.empty();
    }

    public Optional<IdPayload> id(PayloadType type) {
        for (Payload payload : payloads) {
            if (payload instanceof IdPayload id && id.type() == type) {
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }

    /** @param type IDI or IDR */
    public IdPayload requiredId(PayloadType type) throws ExchangeException {
        String name = type == PayloadType.IDI ? "IDi" : "IDr";
        return id(type).orElseThrow(() ->
                new ExchangeException(new Failure.Malformed("the message lacks its " + name + " payload")));
    }

    public Optional<TsPayload> ts(PayloadType type) {
        for (Payload payload : payloads) {
            if (payload instanceof TsPayload ts && ts.type() == type) {
                return Optional.of(ts);
            }
        }
        return Optional.empty();
    }
}
