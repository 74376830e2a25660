package org.ikebana.ike.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Payload types that are read and written here (IANA "IKEv2 Payload Types", RFC 7296 3.2, RFC 7383 2.5). */
public enum PayloadType {
    SA(33),
    KE(34),
    IDI(35),
    IDR(36),
    CERT(37),
    CERTREQ(38),
    AUTH(39),
    NONCE(40),
    NOTIFY(41),
    DELETE(42),
    VENDOR_ID(43),
    TSI(44),
    TSR(45),
    SK(46),
    CP(47),
    EAP(48),
    SKF(53);

    /** The "Next Payload" of the last payload. */
    public static final int NO_NEXT = 0;

    private static final List<Optional<PayloadType>> BY_CODE = byCode();

    private final int code;

    PayloadType(int code) {
        this.code = code;
    }

    /** The octet on the wire. */
    public int code() {
        return code;
    }

    /** Empty for a type that is not known here. */
    public static Optional<PayloadType> of(int code) {
        return code >= 0 && code < BY_CODE.size() ? BY_CODE.get(code) : Optional.empty();
    }

    private static List<Optional<PayloadType>> byCode() {
        return IntStream.rangeClosed(0, SKF.code)
                .mapToObj(code -> Arrays.stream(values())
                        .filter(type -> type.code == code)
                        .findFirst())
                .toList();
    }
}
