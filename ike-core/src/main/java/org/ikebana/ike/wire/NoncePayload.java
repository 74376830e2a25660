package org.ikebana.ike.wire;

/** Nonce payload (RFC 7296 3.9). */
public record NoncePayload(Octets nonce) implements Payload {
    @Override
    public int typeCode() {
        return PayloadType.NONCE.code();
    }

    static NoncePayload read(PayloadReader in) throws MalformedException {
        return new NoncePayload(in.rest());
    }

    @Override
    public void writeBody(PayloadWriter out) {
        out.octets(nonce);
    }
}
