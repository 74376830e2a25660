package org.ikebana.ike.kernel;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** What a backend reports on its own. */
public sealed interface KernelEvent {
    /**
     * A packet met a policy that has no SA.
     *
     * @param reqid of the policy's template: names our child
     * @param acquireSeq to be given to the SAs that answer it
     * @param packet the packet that asked, prefixes of full length
     */
    record Acquire(
            int reqid,
            int acquireSeq,
            PolicySelector packet,
            InetAddress source,
            InetAddress destination,
            SaProtocol protocol)
            implements KernelEvent {}

    record SoftExpire(SaKey key, int reqid) implements KernelEvent {}

    /** The SA is gone from the kernel. */
    record HardExpire(SaKey key, int reqid) implements KernelEvent {}

    /** An encapsulated packet of this inbound SA came from another address or port than before (NAT). */
    record MappingChanged(SaKey key, int reqid, InetSocketAddress before, InetSocketAddress now)
            implements KernelEvent {}

    /** Events were dropped: reconcile with {@link KernelBackend#snapshot()}. */
    record EventsLost() implements KernelEvent {}

    /** Local addresses or routes changed. */
    record AddressChanged() implements KernelEvent {}
}
