package org.ikebana.ike.connection;

/** Whether an IKE SA may or must begin without a child SA ({@code childless}, RFC 6023). */
public enum Childless {
    /** A peer may begin so; we do only where no child is asked for. */
    ALLOW,
    /** We begin so wherever the peer takes it. */
    PREFER,
    /** No other beginning, by either end. */
    FORCE,
    /** No peer may begin so. */
    NEVER
}
