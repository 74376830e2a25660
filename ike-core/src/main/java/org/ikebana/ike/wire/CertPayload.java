package org.ikebana.ike.wire;

/**
 * Certificate payload (RFC 7296 3.6).
 *
 * @param encoding 4 X.509 signature, 7 CRL, 12 and 13 hash and URL, 14 OCSP (RFC 4806), 15 raw public key (RFC 7670)
 */
public record CertPayload(int encoding, Octets data) implements Payload {
    public static final int X509_SIGNATURE = 4;
    public static final int CRL = 7;
    public static final int HASH_AND_URL_X509 = 12;
    public static final int HASH_AND_URL_BUNDLE = 13;
    public static final int OCSP = 14;
    public static final int RAW_PUBLIC_KEY = 15;

    public CertPayload {
        Bounds.octet(encoding, "certificate encoding");
    }

    @Override
    public int typeCode() {
        return PayloadType.CERT.code();
    }

    static CertPayload read(PayloadReader in) throws MalformedException {
        return new CertPayload(in.octet(), in.rest());
    }

    @Override
    public void writeBody(PayloadWriter out) {
        out.octet(encoding);
        out.octets(data);
    }
}
