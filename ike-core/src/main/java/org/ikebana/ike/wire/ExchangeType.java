package org.ikebana.ike.wire;

import java.util.Optional;

/** Exchange types (IANA "IKEv2 Exchange Types", RFC 7296 3.1, RFC 5723, RFC 9242, RFC 9370). */
public enum ExchangeType {
    IKE_SA_INIT(34),
    IKE_AUTH(35),
    CREATE_CHILD_SA(36),
    INFORMATIONAL(37),
    IKE_SESSION_RESUME(38),
    IKE_INTERMEDIATE(43),
    IKE_FOLLOWUP_KE(44);

    private final int code;

    ExchangeType(int code) {
        this.code = code;
    }

    /** The octet on the wire. */
    public int code() {
        return code;
    }

    /** Whether the messages of this exchange, errors apart, consist of an encrypted payload. */
    public boolean isProtected() {
        return this != IKE_SA_INIT && this != IKE_SESSION_RESUME;
    }

    /** Empty for an exchange that is not known here. */
    public static Optional<ExchangeType> of(int code) {
        return switch (code) {
            case 34 -> Optional.of(IKE_SA_INIT);
            case 35 -> Optional.of(IKE_AUTH);
            case 36 -> Optional.of(CREATE_CHILD_SA);
            case 37 -> Optional.of(INFORMATIONAL);
            case 38 -> Optional.of(IKE_SESSION_RESUME);
            case 43 -> Optional.of(IKE_INTERMEDIATE);
            case 44 -> Optional.of(IKE_FOLLOWUP_KE);
            default -> Optional.empty();
        };
    }
}
