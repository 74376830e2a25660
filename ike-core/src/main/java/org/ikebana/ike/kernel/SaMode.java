package org.ikebana.ike.kernel;

/** How an SA wraps packets (RFC 4301 4.1; BEET as Linux has it). */
public enum SaMode {
    TRANSPORT,
    TUNNEL,
    BEET
}
