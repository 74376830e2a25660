package org.ikebana.ike.proposal;

import org.ikebana.ike.wire.TransformType;

/**
 * One transform (RFC 7296 3.3.2).
 *
 * @param keyBits the Key Length attribute in bits, 0 where there is none
 */
public record Transform(TransformType type, int id, int keyBits) {
    public static Transform of(TransformType type, int id) {
        return new Transform(type, id, 0);
    }
}
