package org.ikebana.ike.auth;

/** How sure it must be that a certificate is not revoked ({@code revocation}). */
public enum RevocationPolicy {
    /** It must be known. */
    STRICT("strict"),
    /** It must be known where the certificate or the configuration says from where it is to be known. */
    IF_URI("ifuri"),
    /** It must not be known to be revoked. */
    RELAXED("relaxed");

    private final String word;

    RevocationPolicy(String word) {
        this.word = word;
    }

    /** As {@code swanctl.conf} writes it. */
    @Override
    public String toString() {
        return word;
    }
}
