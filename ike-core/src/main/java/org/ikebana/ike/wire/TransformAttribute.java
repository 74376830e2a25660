package org.ikebana.ike.wire;

/**
 * One attribute of a transform (RFC 7296 3.3.5).
 *
 * @param type 0 to 32767
 * @param fixedLength type and value (TV, two octets) instead of type, length and value (TLV)
 */
public record TransformAttribute(int type, boolean fixedLength, Octets value) {
    /** Key Length in bits; always TV. */
    public static final int KEY_LENGTH = 14;

    private static final int FIXED_LENGTH = 0x8000;

    public TransformAttribute {
        Bounds.require(type, 0x7fff, "attribute type");
        Bounds.twoOctets(value.length(), "attribute length");
        if (fixedLength && value.length() != 2) {
            throw new IllegalArgumentException("a TV attribute has 2 octets, not " + value.length());
        }
    }

    public static TransformAttribute keyLength(int bits) {
        Bounds.twoOctets(bits, "key length");
        return new TransformAttribute(KEY_LENGTH, true, Octets.copyOf((byte) (bits >> 8), (byte) bits));
    }

    /** Key Length "MUST be TV" (RFC 7296 3.3.5); as TLV it counts as an unknown attribute. */
    public boolean isKeyLength() {
        return fixedLength && type == KEY_LENGTH;
    }

    /** The value of a TV attribute. */
    public int number() {
        return value.at(0) << 8 | value.at(1);
    }

    static TransformAttribute read(PayloadReader in) throws MalformedException {
        int formatAndType = in.twoOctets();
        boolean fixedLength = (formatAndType & FIXED_LENGTH) != 0;
        int length = fixedLength ? 2 : in.twoOctets();
        return new TransformAttribute(formatAndType & 0x7fff, fixedLength, in.octets(length));
    }

    void write(PayloadWriter out) {
        out.twoOctets(fixedLength ? type | FIXED_LENGTH : type);
        if (!fixedLength) {
            out.twoOctets(value.length());
        }
        out.octets(value);
    }
}
