package org.ikebana.ike.wire;

/** Security protocol identifiers (RFC 7296 3.3.1); zero in a Notify that names no SA. */
public final class ProtocolId {
    public static final int NONE = 0;
    public static final int IKE = 1;
    public static final int AH = 2;
    public static final int ESP = 3;

    private ProtocolId() {}
}
