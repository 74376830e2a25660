package org.ikebana.ike.wire;

/**
 * Certificate Request payload (RFC 7296 3.7).
 *
 * @param encoding as in {@link CertPayload}
 * @param authorities for X.509 the SHA-1 hashes (20 octets each) of the trusted authorities' public keys, one after another
 */
public record CertReqPayload(int encoding, Octets authorities) implements Payload {
    public CertReqPayload {
        Bounds.octet(encoding, "certificate encoding");
    }

    @Override
    public int typeCode() {
        return PayloadType.CERTREQ.code();
    }

    static CertReqPayload read(PayloadReader in) throws MalformedException {
        return new CertReqPayload(in.octet(), in.rest());
    }

    @Override
    public void writeBody(PayloadWriter out) {
        out.octet(encoding);
        out.octets(authorities);
    }
}
