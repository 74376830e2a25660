package org.ikebana.ike.connection;

/**
 * Which policies a child has in the kernel.
 *
 * @param installed {@code policies}: without them the kernel protects nothing by itself, and somebody else is to see to policies
 * @param outboundForward {@code policies_fwd_out}: what is forwarded into the tunnel is let pass on its way there, too, where a
 *     drop policy would forbid it
 */
public record PolicyOptions(boolean installed, boolean outboundForward) {
    /** strongSwan's. */
    public static final PolicyOptions DEFAULT = new PolicyOptions(true, false);
}
