package org.ikebana.ike.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * One transform (RFC 7296 3.3.2).
 *
 * @param type the octet on the wire, known to {@link TransformType} or not
 * @param id {@link EncrId}, {@link PrfId}, {@link IntegId}, {@link KeId}, by type
 */
public record TransformSubstructure(int type, int id, List<TransformAttribute> attributes) {
    /** First octet of a transform that another one follows. */
    static final int MORE = 3;

    public TransformSubstructure {
        Bounds.octet(type, "transform type");
        Bounds.twoOctets(id, "transform ID");
        attributes = List.copyOf(attributes);
    }

    public static TransformSubstructure of(TransformType type, int id) {
        return new TransformSubstructure(type.code(), id, List.of());
    }

    /** A transform with a Key Length attribute. */
    public static TransformSubstructure of(TransformType type, int id, int keyBits) {
        return new TransformSubstructure(type.code(), id, List.of(TransformAttribute.keyLength(keyBits)));
    }

    /** The Key Length attribute in bits, 0 where there is none. */
    public int keyBits() {
        for (TransformAttribute attribute : attributes) {
            if (attribute.isKeyLength()) {
                return attribute.number();
            }
        }
        return 0;
    }

    /**
     * Whether there is nothing but at most one Key Length. A transform with anything else must not be chosen
     * (RFC 7296 3.3.6).
     */
    public boolean isUnderstood() {
        return attributes.isEmpty()
                || attributes.size() == 1 && attributes.getFirst().isKeyLength();
    }

    /** Reads what stands after the length. */
    static TransformSubstructure read(PayloadReader in) throws MalformedException {
        int type = in.octet();
        in.skip(1);
        int id = in.twoOctets();
        if (in.remaining() == 0) {
            return new TransformSubstructure(type, id, List.of());
        }
        List<TransformAttribute> attributes = new ArrayList<>(1);
        while (in.remaining() > 0) {
            WireLimits.require(attributes.size() + 1, WireLimits.TRANSFORM_ATTRIBUTES, "transform attributes");
            attributes.add(TransformAttribute.read(in));
        }
        return new TransformSubstructure(type, id, attributes);
    }

    void write(PayloadWriter out, boolean more) {
        int start = out.position();
        out.substructure(more ? MORE : 0);
        out.octet(type);
        out.octet(0);
        out.twoOctets(id);
        for (TransformAttribute attribute : attributes) {
            attribute.write(out);
        }
        out.putLengthSince(start, start + 2);
    }
}
