package org.ikebana.ike.eap;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Methods that both sides can do. Each authenticates both sides to each other and makes a key. */
public enum EapMethod {
    TLS(EapType.TLS, true),
    MSCHAPV2(EapType.MSCHAPV2, false);

    private final int type;
    private final boolean isSafeAlone;

    EapMethod(int type, boolean isSafeAlone) {
        this.type = type;
        this.isSafeAlone = isSafeAlone;
    }

    /**
     * Whether it may be the only proof of the responder (RFC 5998 4): who sits in between must not be able to try passwords at
     * home.
     */
    public boolean isSafeAlone() {
        return isSafeAlone;
    }

    /** {@link EapType}. */
    public int type() {
        return type;
    }

    public static Optional<EapMethod> ofType(int type) {
        return Arrays.stream(values()).filter(method -> method.type == type).findFirst();
    }

    /** @param keyword {@code tls}, {@code mschapv2} */
    public static Optional<EapMethod> ofKeyword(String keyword) {
        return Arrays.stream(values())
                .filter(method -> method.keyword().equals(keyword))
                .findFirst();
    }

    private String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As {@code auth} names it. */
    @Override
    public String toString() {
        return "eap-" + keyword();
    }
}
