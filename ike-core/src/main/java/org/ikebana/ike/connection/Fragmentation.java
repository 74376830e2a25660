package org.ikebana.ike.connection;

/** IKE fragmentation (RFC 7383): {@code fragmentation}. */
public enum Fragmentation {
    YES,
    ACCEPT,
    FORCE,
    NO
}
