package org.ikebana.ike.wire;

/**
 * Encrypted and Authenticated payload, SK (RFC 7296 3.14); always the last.
 *
 * @param firstInner type of the first payload inside, {@link PayloadType#NO_NEXT} where there is none
 * @param body IV, ciphertext and integrity check value
 */
public record EncryptedPayload(int firstInner, Octets body) implements Payload {
    public EncryptedPayload {
        Bounds.octet(firstInner, "first inner payload");
    }

    @Override
    public int typeCode() {
        return PayloadType.SK.code();
    }

    static EncryptedPayload read(int next, PayloadReader in) throws MalformedException {
        return new EncryptedPayload(next, in.rest());
    }

    @Override
    public void writeBody(PayloadWriter out) {
        out.octets(body);
    }
}
