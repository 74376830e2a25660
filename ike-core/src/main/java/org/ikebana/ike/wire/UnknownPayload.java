package org.ikebana.ike.wire;

/** A payload of a type that is not known here; users skip it unless it is critical (RFC 7296 2.5). */
public record UnknownPayload(int type, boolean critical, Octets body) implements Payload {
    public UnknownPayload {
        if (type < 1 || type > 0xff || PayloadType.of(type).isPresent()) {
            throw new IllegalArgumentException("payload type " + type + " is not an unknown one");
        }
    }

    @Override
    public int typeCode() {
        return type;
    }
}
