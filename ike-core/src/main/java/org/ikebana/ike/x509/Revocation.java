package org.ikebana.ike.x509;

import java.time.Instant;
import org.bouncycastle.asn1.x509.CRLReason;

/**
 * That a certificate is valid no more (RFC 5280 5.3).
 *
 * @param reason a CRLReason (RFC 5280 5.3.1)
 */
public record Revocation(Instant since, int reason) {
    /** Where the issuer gives none. */
    static final int UNSPECIFIED = CRLReason.unspecified;

    /** A delta list takes a certificate off hold; none that is revoked has this reason. */
    boolean isRemoval() {
        return reason == CRLReason.removeFromCRL;
    }

    /** For people, after "has been revoked". */
    @Override
    public String toString() {
        return "on " + since + " (" + words() + ")";
    }

    private String words() {
        return switch (reason) {
            case CRLReason.unspecified -> "no reason given";
            case CRLReason.keyCompromise -> "keyCompromise";
            case CRLReason.cACompromise -> "cACompromise";
            case CRLReason.affiliationChanged -> "affiliationChanged";
            case CRLReason.superseded -> "superseded";
            case CRLReason.cessationOfOperation -> "cessationOfOperation";
            case CRLReason.certificateHold -> "certificateHold";
            case CRLReason.privilegeWithdrawn -> "privilegeWithdrawn";
            case CRLReason.aACompromise -> "aACompromise";
            default -> "reason " + reason;
        };
    }
}
