package org.ikebana.ike.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One payload of a message (RFC 7296 3.2), without the generic header, which follows from its place in the chain. */
public sealed interface Payload
        permits SaPayload,
                KePayload,
                IdPayload,
                CertPayload,
                CertReqPayload,
                AuthPayload,
                NoncePayload,
                NotifyPayload,
                DeletePayload,
                VendorIdPayload,
                TsPayload,
                EncryptedPayload,
                ConfigurationPayload,
                EapPayload,
                EncryptedFragmentPayload,
                UnknownPayload,
                UnreadPayload {

    /** The payload type on the wire, 1 to 255. */
    int typeCode();

    /** Writes what stands after the generic header. */
    void writeBody(PayloadWriter out);

    /** The first payload of a kind in a chain. */
    static <P extends Payload> Optional<P> first(List<Payload> chain, Class<P> kind) {
        for (Payload payload : chain) {
            if (kind.isInstance(payload)) {
                return Optional.of(kind.cast(payload));
            }
        }
        return Optional.empty();
    }

    /** All payloads of a kind, in the order of the chain. */
    static <P extends Payload> List<P> all(List<Payload> chain, Class<P> kind) {
        List<P> found = new ArrayList<>();
        for (Payload payload : chain) {
            if (kind.isInstance(payload)) {
                found.add(kind.cast(payload));
            }
        }
        return found;
    }

    /** The first Notify of a type in a chain. */
    static Optional<NotifyPayload> firstNotify(List<Payload> chain, int notifyType) {
        for (Payload payload : chain) {
            if (payload instanceof NotifyPayload notify && notify.notifyType() == notifyType) {
                return Optional.of(notify);
            }
        }
        return Optional.empty();
    }
}
