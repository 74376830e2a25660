package org.ikebana.ike.wire;

/** Extensible Authentication Protocol payload (RFC 7296 3.16): one whole EAP packet (RFC 3748 4). */
public record EapPayload(Octets message) implements Payload {
    @Override
    public int typeCode() {
        return PayloadType.EAP.code();
    }

    static EapPayload read(PayloadReader in) throws MalformedException {
        return new EapPayload(in.rest());
    }

    @Override
    public void writeBody(PayloadWriter out) {
        out.octets(message);
    }
}
