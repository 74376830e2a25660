package org.ikebana.ike.wire;

import java.util.List;

/** What became of the payloads inside a protected message. */
public sealed interface DecodedChain {
    record Payloads(List<Payload> payloads) implements DecodedChain {
        public Payloads {
            payloads = List.copyOf(payloads);
        }
    }

    /**
     * @param notification INVALID_SYNTAX or UNSUPPORTED_CRITICAL_PAYLOAD, for the protected response to a request
     * @param detail what is wrong and where, for people
     */
    record Refused(NotifyPayload notification, String detail) implements DecodedChain {}
}
