package org.ikebana.ike.wire;

/** Nonce payload (RFC 7296 3.9). */
public record NoncePayload(Octets nonce) implements Payload {
    @Override
    public int typeCode() {
        return PayloadType.NONCE.code();
    }
}
