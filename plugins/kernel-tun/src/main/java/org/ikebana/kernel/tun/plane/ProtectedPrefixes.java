package org.ikebana.kernel.tun.plane;

import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.KernelException;

/** Sees to it that the host leads protected traffic into the device. Called in the order in which policies come and go. */
public interface ProtectedPrefixes {
    /**
     * A policy protects, or blocks, traffic to this prefix from that one.
     *
     * @param local where the traffic comes from: hints at the source address of the host's own
     * @throws KernelException when the host does not take the route
     */
    void protect(IpPrefix local, IpPrefix destination) throws KernelException;

    void release(IpPrefix local, IpPrefix destination);
}
