package org.ikebana.kernel.tun.plane;

import java.net.InetAddress;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.KernelException;

/** Sees to it that the host leads protected traffic into the device. Called in the order in which policies come and go. */
public interface ProtectedPrefixes {
    /** Of a host that leads everything into the device by itself, as a test in memory does. */
    ProtectedPrefixes NONE = new ProtectedPrefixes() {
        @Override
        public void protect(IpPrefix local, IpPrefix destination) {}

        @Override
        public void release(IpPrefix local, IpPrefix destination) {}

        @Override
        public void pass(IpPrefix destination) {}

        @Override
        public void endPass(IpPrefix destination) {}

        @Override
        public void peer(InetAddress address) {}
    };

    /**
     * A policy protects, or blocks, traffic to this prefix from that one.
     *
     * @param local where the traffic comes from: hints at the source address of the host's own
     * @throws KernelException when the host does not take the route
     */
    void protect(IpPrefix local, IpPrefix destination) throws KernelException;

    void release(IpPrefix local, IpPrefix destination);

    /**
     * A policy lets traffic to this prefix pass in clear, though a wider one may be protected.
     *
     * @throws KernelException when the host does not take the route
     */
    void pass(IpPrefix destination) throws KernelException;

    void endPass(IpPrefix destination);

    /** A tunnel to this peer is there: its packets must get through to us. */
    void peer(InetAddress address);
}
