package org.ikebana.ike.kernel;

/** Limits of an SA; 0 means none. Soft limits raise {@link KernelEvent.SoftExpire}, hard ones end the SA. */
public record Lifetimes(
        long softSeconds, long hardSeconds, long softBytes, long hardBytes, long softPackets, long hardPackets) {
    public static final Lifetimes NONE = new Lifetimes(0, 0, 0, 0, 0, 0);
}
