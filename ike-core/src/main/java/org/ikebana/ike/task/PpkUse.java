package org.ikebana.ike.task;

/** Where both ends have agreed to mix a post-quantum preshared key into the keys. */
public enum PpkUse {
    NONE,
    /** In IKE_AUTH (RFC 8784). */
    IN_AUTH,
    /** In IKE_INTERMEDIATE, so that the IKE SA itself is protected by it, identities and all (RFC 9867). */
    IN_INTERMEDIATE
}
