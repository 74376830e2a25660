package org.ikebana.ike.task;

import java.util.Optional;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;

/** INVALID_KE_PAYLOAD: the peer is to use another key exchange method, two octets of it (RFC 7296 1.2, 1.3, 3.10.1). */
final class GroupRequest {
    private GroupRequest() {}

    static NotifyPayload wanting(int group) {
        return NotifyPayload.of(NotifyType.INVALID_KE_PAYLOAD, Octets.copyOf((byte) (group >> 8), (byte) group));
    }

    /** Empty for any other notification, and where no method is named. */
    static Optional<Integer> of(NotifyPayload notify) {
        return Optional.of(notify)
                .filter(n -> n.notifyType() == NotifyType.INVALID_KE_PAYLOAD)
                .map(NotifyPayload::data)
                .filter(data -> data.length() == 2)
                .map(data -> data.at(0) << 8 | data.at(1));
    }
}
