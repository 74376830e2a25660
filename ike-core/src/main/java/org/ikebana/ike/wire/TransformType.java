package org.ikebana.ike.wire;

import java.util.Optional;

/** Transform types of a proposal (RFC 7296 3.3.2, RFC 9370 for the additional key exchanges). */
public enum TransformType {
    ENCR(1),
    PRF(2),
    INTEG(3),
    KE(4),
    ESN(5),
    ADDKE1(6),
    ADDKE2(7),
    ADDKE3(8),
    ADDKE4(9),
    ADDKE5(10),
    ADDKE6(11),
    ADDKE7(12);

    private static final TransformType[] VALUES = values();

    private final int code;

    TransformType(int code) {
        this.code = code;
    }

    /** The octet on the wire. */
    public int code() {
        return code;
    }

    public static Optional<TransformType> of(int code) {
        return code >= 1 && code <= VALUES.length ? Optional.of(VALUES[code - 1]) : Optional.empty();
    }
}
