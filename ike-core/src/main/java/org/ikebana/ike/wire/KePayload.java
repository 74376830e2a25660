package org.ikebana.ike.wire;

/**
 * Key Exchange payload (RFC 7296 3.4).
 *
 * @param method {@link KeId}
 */
public record KePayload(int method, Octets value) implements Payload {
    public KePayload {
        Bounds.twoOctets(method, "key exchange method");
    }

    @Override
    public int typeCode() {
        return PayloadType.KE.code();
    }

    static KePayload read(PayloadReader in) throws MalformedException {
        int method = in.twoOctets();
        in.skip(2);
        return new KePayload(method, in.rest());
    }

    @Override
    public void writeBody(PayloadWriter out) {
        out.twoOctets(method);
        out.twoOctets(0);
        out.octets(value);
    }
}
