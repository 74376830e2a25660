package org.ikebana.ike.eap;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Methods that both sides can do. Both authenticate each side to the other and make a key (RFC 5998 4). */
public enum EapMethod {
    TLS(EapType.TLS),
    MSCHAPV2(EapType.MSCHAPV2);

    private final int type;

    EapMethod(int type) {
        this.type = type;
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
