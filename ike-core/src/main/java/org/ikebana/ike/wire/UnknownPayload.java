package org.ikebana.ike.wire;

/** A payload of a type that is not known here; users skip it unless it is critical (RFC 7296 2.5). */
public record UnknownPayload(int type, boolean critical, Octets body) implements Payload {
    public UnknownPayload {
        if (type < 1 || type > 0xff || PayloadType.of(type).isPresent()) {
            throw new IllegalArgumentException("payload type " + type + " is not an unknown one");
        }
    }

    /** What refuses a message because of this payload: one octet of data, its type (RFC 7296 2.5). */
    public NotifyPayload unsupported() {
        return NotifyPayload.of(NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD, Octets.copyOf((byte) type));
    }

    String complaint() {
        return "unknown critical payload of type " + type;
    }

    @Override
    public int typeCode() {
        return type;
    }

    @Override
    public void writeBody(PayloadWriter out) {
        out.octets(body);
    }
}
