package org.ikebana.ike.wire;

/**
 * One attribute of a {@link ConfigurationPayload} (RFC 7296 3.15.1).
 *
 * @param type 0 to 32767; the reserved bit before it is ignored on receipt
 * @param value empty where a request has no suggestion
 */
public record ConfigurationAttribute(int type, Octets value) {
    public ConfigurationAttribute {
        Bounds.require(type, 0x7fff, "attribute type");
        Bounds.twoOctets(value.length(), "attribute length");
    }

    static ConfigurationAttribute read(PayloadReader in) throws MalformedException {
        int type = in.twoOctets() & 0x7fff;
        return new ConfigurationAttribute(type, in.octets(in.twoOctets()));
    }

    void write(PayloadWriter out) {
        out.twoOctets(type);
        out.twoOctets(value.length());
        out.octets(value);
    }
}
