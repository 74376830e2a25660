package org.ikebana.ike.wire;

/**
 * Identification payload (RFC 7296 3.5).
 *
 * @param type IDI or IDR
 * @param idType 1 ID_IPV4_ADDR, 2 ID_FQDN, 3 ID_RFC822_ADDR, 5 ID_IPV6_ADDR, 9 ID_DER_ASN1_DN, 10 ID_DER_ASN1_GN,
 *     11 ID_KEY_ID, 13 ID_NULL (RFC 7619)
 * @param reserved three octets, zero when sent; kept because AUTH covers them as they came (RFC 7296 2.15)
 */
public record IdPayload(PayloadType type, int idType, int reserved, Octets data) implements Payload {
    private static final int HEADER_LENGTH = 4;

    public IdPayload {
        if (type != PayloadType.IDI && type != PayloadType.IDR) {
            throw new IllegalArgumentException(type + " is no Identification payload");
        }
        Bounds.octet(idType, "ID type");
        Bounds.require(reserved, 0xffffff, "reserved");
    }

    public IdPayload(PayloadType type, int idType, Octets data) {
        this(type, idType, 0, data);
    }

    /** All after the generic header, which AUTH covers: "RestOfInitIDPayload", "RestOfRespIDPayload" (RFC 7296 2.15). */
    public Octets body() {
        PayloadWriter out = new PayloadWriter(HEADER_LENGTH + data.length());
        writeBody(out);
        return Octets.wrap(out.toByteArray());
    }

    @Override
    public int typeCode() {
        return type.code();
    }

    static IdPayload readInitiator(PayloadReader in) throws MalformedException {
        return read(PayloadType.IDI, in);
    }

    static IdPayload readResponder(PayloadReader in) throws MalformedException {
        return read(PayloadType.IDR, in);
    }

    private static IdPayload read(PayloadType type, PayloadReader in) throws MalformedException {
        int idType = in.octet();
        int reserved = in.octet() << 16 | in.twoOctets();
        return new IdPayload(type, idType, reserved, in.rest());
    }

    @Override
    public void writeBody(PayloadWriter out) {
        out.octet(idType);
        out.octet(reserved >> 16);
        out.twoOctets(reserved);
        out.octets(data);
    }
}
