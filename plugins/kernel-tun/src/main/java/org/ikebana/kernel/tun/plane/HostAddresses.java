package org.ikebana.kernel.tun.plane;

/** Which addresses are the host's own: packets to these are for it, all others it forwards. */
@FunctionalInterface
public interface HostAddresses {
    /** An IPv4 address is {@code ::ffff:a.b.c.d}. Allocates nothing. */
    boolean contains(long high, long low);
}
