package org.ikebana.config.schema;

/** What {@code ocsp} says: whether OCSP responses go in CERT payloads (RFC 4806). */
public enum InBandStatus {
    REPLY,
    REQUEST,
    BOTH,
    NEVER;

    public boolean replies() {
        return this == REPLY || this == BOTH;
    }

    public boolean requests() {
        return this == REQUEST || this == BOTH;
    }
}
