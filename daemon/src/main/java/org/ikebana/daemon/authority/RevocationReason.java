package org.ikebana.daemon.authority;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x509.CRLReason;

/** Why a certificate is revoked (RFC 5280 5.3.1), by strongSwan's words for it. */
public enum RevocationReason {
    UNSPECIFIED("unspecified", CRLReason.unspecified),
    KEY_COMPROMISE("key-compromise", CRLReason.keyCompromise),
    CA_COMPROMISE("ca-compromise", CRLReason.cACompromise),
    AFFILIATION_CHANGED("affiliation-changed", CRLReason.affiliationChanged),
    SUPERSEDED("superseded", CRLReason.superseded),
    CESSATION("cessation-of-operation", CRLReason.cessationOfOperation),
    HOLD("certificate-hold", CRLReason.certificateHold);

    private final String word;
    private final int code;

    RevocationReason(String word, int code) {
        this.word = word;
        this.code = code;
    }

    /** @throws AuthorityException naming all words there are */
    public static RevocationReason of(String word) throws AuthorityException {
        return Arrays.stream(values())
                .filter(reason -> reason.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new AuthorityException("there is no reason '" + word + "'; take one of "
                        + Arrays.stream(values())
                                .map(RevocationReason::toString)
                                .collect(Collectors.joining(", "))));
    }

    /** Of a code, in words; the code itself where there is none. */
    public static String text(int code) {
        return Arrays.stream(values())
                .filter(reason -> reason.code == code)
                .map(RevocationReason::toString)
                .findFirst()
                .orElse("reason " + code);
    }

    int code() {
        return code;
    }

    @Override
    public String toString() {
        return word;
    }
}
