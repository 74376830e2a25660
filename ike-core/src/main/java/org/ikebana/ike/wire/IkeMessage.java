package org.ikebana.ike.wire;

import java.util.List;

/**
 * What stands in one datagram. A protected message ends in an {@link EncryptedPayload} or an
 * {@link EncryptedFragmentPayload}; what these carry is read after decryption ({@link MessageReader#readChain}).
 */
public record IkeMessage(IkeHeader header, List<Payload> payloads) {
    public IkeMessage {
        payloads = List.copyOf(payloads);
    }
}
