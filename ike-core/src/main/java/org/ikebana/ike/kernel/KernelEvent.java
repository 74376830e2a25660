package org.ikebana.ike.kernel;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** What a backend reports on its own. */
public sealed interface KernelEvent {
    /**
     * A packet met a policy that has no SA. The kernel keeps a larval SA of SPI 0 for it; while that lives no other
     * Acquire comes for the same template and addresses, and packets are dropped or held.
     *
     * @param reqid of the policy's template: names our child
     * @param acquireSeq never 0; to be given to the SAs that answer it
     * @param packet the packet that asked, prefixes of full length and ports exactly
     * @param source outer source of the SA that is wanted: the template's, or the packet's in transport mode
     * @param destination outer destination, likewise
     */
    record Acquire(
            int reqid,
            int acquireSeq,
            PolicySelector packet,
            InetAddress source,
            InetAddress destination,
            SaProtocol protocol)
            implements KernelEvent {}

    /** A soft limit is reached; told once in an SA's life, whichever limit it was. */
    record SoftExpire(SaKey key, int reqid) implements KernelEvent {}

    /** The SA is gone from the kernel at a hard limit; a reservation that lapsed may be told too, SPI 0 never. */
    record HardExpire(SaKey key, int reqid) implements KernelEvent {}

    /** An encapsulated packet of this inbound SA came from another address or port than before (NAT). */
    record MappingChanged(SaKey key, int reqid, InetSocketAddress before, InetSocketAddress now)
            implements KernelEvent {}

    /** Events were dropped: reconcile with {@link KernelBackend#snapshot()}. */
    record EventsLost() implements KernelEvent {}

    /** Local addresses or routes changed. */
    record AddressChanged() implements KernelEvent {}
}
