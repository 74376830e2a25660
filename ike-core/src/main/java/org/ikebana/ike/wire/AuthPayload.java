package org.ikebana.ike.wire;

/**
 * Authentication payload (RFC 7296 3.8).
 *
 * @param method 1 RSA signature, 2 shared key, 9 to 11 ECDSA (RFC 4754), 13 NULL (RFC 7619), 14 digital signature
 *     (RFC 7427)
 */
public record AuthPayload(int method, Octets data) implements Payload {
    public AuthPayload {
        Bounds.octet(method, "authentication method");
    }

    @Override
    public int typeCode() {
        return PayloadType.AUTH.code();
    }

    static AuthPayload read(PayloadReader in) throws MalformedException {
        int method = in.octet();
        in.skip(3);
        return new AuthPayload(method, in.rest());
    }

    @Override
    public void writeBody(PayloadWriter out) {
        out.fourOctets(method << 24);
        out.octets(data);
    }
}
