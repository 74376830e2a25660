package org.ikebana.ike.wire;

/**
 * A payload of a known type that stands in clear in an exchange that is to be protected. It is not read, since nothing
 * counts that anybody may have put there; {@link MessageRules} refuses it.
 */
public record UnreadPayload(PayloadType type, Octets body) implements Payload {
    @Override
    public int typeCode() {
        return type.code();
    }

    @Override
    public void writeBody(PayloadWriter out) {
        out.octets(body);
    }
}
