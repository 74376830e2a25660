package org.ikebana.ike.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Payload types that are read and written here (IANA "IKEv2 Payload Types", RFC 7296 3.2, RFC 7383 2.5). */
public enum PayloadType {
    SA(33, SaPayload::read),
    KE(34, KePayload::read),
    IDI(35, IdPayload::readInitiator),
    IDR(36, IdPayload::readResponder),
    CERT(37, CertPayload::read),
    CERTREQ(38, CertReqPayload::read),
    AUTH(39, AuthPayload::read),
    NONCE(40, NoncePayload::read),
    NOTIFY(41, NotifyPayload::read),
    DELETE(42, DeletePayload::read),
    VENDOR_ID(43, VendorIdPayload::read),
    TSI(44, TsPayload::readInitiator),
    TSR(45, TsPayload::readResponder),
    SK(46, EncryptedPayload::read),
    CP(47, ConfigurationPayload::read),
    EAP(48, EapPayload::read),
    SKF(53, EncryptedFragmentPayload::read);

    /** The "Next Payload" of the last payload. */
    public static final int NO_NEXT = 0;

    private static final List<Optional<PayloadType>> BY_CODE = byCode();

    private final int code;
    private final EncryptedReader reader;

    PayloadType(int code, BodyReader reader) {
        this(code, (next, in) -> reader.read(in));
    }

    PayloadType(int code, EncryptedReader reader) {
        this.code = code;
        this.reader = reader;
    }

    /** The octet on the wire. */
    public int code() {
        return code;
    }

    /** Empty for a type that is not known here. */
    public static Optional<PayloadType> of(int code) {
        return code >= 0 && code < BY_CODE.size() ? BY_CODE.get(code) : Optional.empty();
    }

    /** Reads the body of a payload of this type, all of {@code in}; {@code next} is the Next Payload before it. */
    Payload read(int next, PayloadReader in) throws MalformedException {
        return reader.read(next, in);
    }

    private static List<Optional<PayloadType>> byCode() {
        return IntStream.rangeClosed(0, SKF.code)
                .mapToObj(code -> Arrays.stream(values())
                        .filter(type -> type.code == code)
                        .findFirst())
                .toList();
    }

    private interface BodyReader {
        Payload read(PayloadReader in) throws MalformedException;
    }

    /** In an encrypted payload, Next Payload is about what is inside. */
    private interface EncryptedReader {
        Payload read(int next, PayloadReader in) throws MalformedException;
    }
}
